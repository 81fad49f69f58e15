const mask = (1n << 48n) - 1n;
const multiplier = 0x5deece66dn;

/** The first number of `java.util.Random` of that seed, in [0, 1): what the service answers for it. */
export function javaRandom(seed: number): number {
  let state = (toLong(seed) ^ multiplier) & mask;
  const next = (bits: bigint): number => {
    state = (state * multiplier + 0xbn) & mask;
    return Number(state >> (48n - bits));
  };
  const high = next(26n);
  return (high * 2 ** 27 + next(27n)) / 2 ** 53;
}

/** As Java casts: towards zero, and to the end of the range. */
function toLong(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  const whole = Math.trunc(Math.min(Math.max(value, -(2 ** 63)), 2 ** 63));
  const long = BigInt(whole);
  return long >= 1n << 63n ? (1n << 63n) - 1n : long;
}
