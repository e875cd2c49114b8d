/** Arithmetic in WebAssembly: the tables of kernels/lut.as.ts. */
export { lookupU16 as arithmeticU16, lookupU8 as arithmeticU8 } from '../../kernels/lut.as';
