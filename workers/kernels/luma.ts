/**
 * Owns the grey that the eye sees in a colour, in whole numbers: Rec. 601 with weights of 15 bits, equal to OpenCV 4.6's
 * cvtColor(RGB2GRAY) at both depths. luma.as.ts is its fast twin.
 */
export function lumaOf(red: number, green: number, blue: number): number {
  // Below 2^31 for 16 bits: 65,535 * 2^15 + 2^14.
  return (red * 9798 + green * 19_235 + blue * 3735 + 16_384) >>> 15;
}
