/** Auto levels in WebAssembly: counts of kernels/histogram.as.ts, tables of lut.as.ts. */
export { histogramU16 as autoLevelsCountU16, histogramU8 as autoLevelsCountU8 } from '../../kernels/histogram.as';
export { lookupU16 as autoLevelsU16, lookupU8 as autoLevelsU8 } from '../../kernels/lut.as';
