import type { Json } from '../../../../shared/domain/json.ts';
import { integer } from './arguments.ts';
import { type Intrinsic, InvalidArguments, intrinsic } from './call.ts';

export const numbers: Readonly<Record<string, Intrinsic>> = {
  'States.MathAdd': intrinsic(2, ([one, other]) => integer(one) + integer(other)),
  'States.MathRandom': intrinsic([2, 3], ([start, end, seed], { random }) =>
    pick(integer(start), integer(end), seed === undefined ? random : () => seeded(seed)),
  ),
};

/** An integer from `start` up to, but not including, `end`. */
function pick(start: number, end: number, random: () => number): number {
  if (start >= end) throw new InvalidArguments('the start must be less than the end');
  return start + Math.floor(random() * (end - start));
}

/** One number in [0, 1), always the same for a seed (splitmix32, after Guy Steele and others' SplitMix). */
function seeded(seed: Json): number {
  let mixed = (integer(seed) + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
