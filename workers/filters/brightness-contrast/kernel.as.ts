/** Brightness and contrast in WebAssembly: the tables of kernels/lut.as.ts. */
export { lookupU16 as brightnessContrastU16, lookupU8 as brightnessContrastU8 } from '../../kernels/lut.as';
