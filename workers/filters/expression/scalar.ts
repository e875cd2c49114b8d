/** The program of a formula run pixel by pixel in plain TypeScript: the truth the compiled twin is held to. */
import { samplesOf, type TileJob } from '../define.ts';
import { type Formulas, planFor } from './formulas.ts';
import { createRegisters, primitive } from './primitives.ts';
import type { Node } from './program.ts';

export function scalar(job: TileJob, formulas: Formulas): void {
  const { program } = planFor(formulas, job.in.channels, job.depth);
  const { nodes, outputs } = program;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const registers = createRegisters(nodes.length);
  const largest = 2 ** job.depth - 1;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      for (const [value, node] of nodes.entries()) run(node, value, x, y);
      const to = output.start + y * output.stride + x * job.out.channels;
      outputs.forEach((value, channel) => {
        output.data[to + channel] = (registers.i32[value] as number) & largest;
      });
    }
  }

  function run(node: Node, value: number, x: number, y: number): void {
    switch (node.kind) {
      case 'constant':
        registers.i32[value] = node.bits;
        break;
      case 'raw': {
        const at = (y + node.dy) * input.stride + (x + node.dx) * job.in.channels + node.channel;
        registers.i32[value] = input.data[input.start + at] as number;
        break;
      }
      case 'place':
        registers.f32[value] = placeOf(job, node.name, x, y);
        break;
      case 'step':
        primitive(node.name).run(registers, value, ...(node.args as [number, number, number]));
        break;
    }
  }
}

function placeOf({ left, top, picture }: TileJob, name: 'x' | 'y' | 'width' | 'height', x: number, y: number): number {
  if (name === 'x') return left + x;
  if (name === 'y') return top + y;
  return picture[name];
}
