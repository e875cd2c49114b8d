/** Looking formulas up that change a colour by its own value alone (formulas.ts, `tabled`). All others make their own code. */
export { lookupU8 as expressionU8 } from '../../kernels/lut.as';
