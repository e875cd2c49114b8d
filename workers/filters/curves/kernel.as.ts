/** Curves in WebAssembly: the tables of kernels/lut.as.ts. */
export { lookupU16 as curvesU16, lookupU8 as curvesU8 } from '../../kernels/lut.as';
