/** A decimal number that nothing was rounded of: `units` × 10^−`places`. */
export interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Decimals with more places than these are rare: they take the slow way. */
const powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;

/** Below this, a number holds every digit of a decimal: no two of them are the same number. */
const exactBelow = 1e15;

/** So much is added up as a number before it moves to a bigint; with one value more it is still a safe integer. */
const mostHeld = 4e15;

/** The sum of numbers as people write them: 0.1 and 0.2 are 0.3, in any order. */
export function exactSum(values: readonly number[]): Decimal {
  const held = powers.map(() => 0);
  const sums = new Map<number, bigint>();
  const add = ({ units, places }: Decimal) => sums.set(places, (sums.get(places) ?? 0n) + units);
  for (const value of values) {
    const places = placesOf(value);
    if (places < 0) {
      add(decimalOf(value));
      continue;
    }
    const units = (held[places] ?? 0) + Math.round(value * (powers[places] ?? 1));
    const full = Math.abs(units) >= mostHeld;
    if (full) add({ units: BigInt(units), places });
    held[places] = full ? 0 : units;
  }
  for (const [places, units] of held.entries()) add({ units: BigInt(units), places });
  return together(sums);
}

/** How many places a number has; −1 where that is not to be had quickly. */
function placesOf(value: number): number {
  for (let places = 0; places < powers.length; places++) {
    const power = powers[places] ?? 1;
    const units = Math.round(value * power);
    if (Math.abs(units) >= exactBelow) return -1;
    if (units / power === value) return places;
  }
  return -1;
}

function decimalOf(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { units: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
}

function together(sums: ReadonlyMap<number, bigint>): Decimal {
  const places = Math.max(0, ...[...sums].map(([own, units]) => (units === 0n ? 0 : own)));
  let units = 0n;
  for (const [own, sum] of sums) if (sum !== 0n) units += sum * 10n ** BigInt(places - own);
  return { units, places };
}

/** `-1234.5`: all digits, and no zeros at the end. */
export function decimalText({ units, places }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const at = digits.length - places;
  const fraction = digits.slice(at).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, at)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The number that is closest to the decimal, or to a part of it. */
export function toNumber(sum: Decimal, parts = 1): number {
  const whole = Number(decimalText(sum));
  // A sum may be too large for a number where its parts are not.
  return Number.isFinite(whole)
    ? whole / parts
    : Number(sum.units / 10n ** BigInt(sum.places) / BigInt(parts));
}
