/** Gamma in WebAssembly: the tables of kernels/lut.as.ts. */
export { lookupU16 as gammaU16, lookupU8 as gammaU8 } from '../../kernels/lut.as';
