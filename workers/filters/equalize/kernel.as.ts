/** Equalize in WebAssembly: counts of kernels/histogram.as.ts, pixels moved by luma-lut.as.ts. */
export { histogramU16 as equalizeCountU16, histogramU8 as equalizeCountU8 } from '../../kernels/histogram.as';
export { moveByLuma16 as equalizeU16, moveByLuma8 as equalizeU8 } from '../../kernels/luma-lut.as';
