/** Levels in WebAssembly: the tables of kernels/lut.as.ts. */
export { lookupU16 as levelsU16, lookupU8 as levelsU8 } from '../../kernels/lut.as';
