import type { Measure } from '../summary/measure.ts';

/** A number for people: grouped digits, at most so many decimals, powers of ten where digits would not be read. */
export function number(value: number, decimals = 2): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 10 ** -decimals / 2))
    return value.toExponential(2).replace('e+', 'e');
  const [whole = '', fraction = ''] = value
    .toFixed(size >= 1_000 || Number.isInteger(value) ? 0 : decimals)
    .split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === '' ? grouped : `${grouped}.${fraction}`;
}

/** A number for an axis: `1.5k`, `20M`. */
export function short(value: number): string {
  const size = Math.abs(value);
  const units: readonly (readonly [number, string])[] = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ];
  if (size >= 1e15) return value.toExponential(1).replace('e+', 'e');
  const [scale, unit] = units.find(([least]) => size >= least) ?? [1, ''];
  return `${Number((value / scale).toPrecision(3))}${unit}`;
}

/** `+12.4 %`. */
export function percent(share: number): string {
  const tenths = Math.round(Math.abs(share) * 1_000);
  if (tenths === 0) return '±0 %';
  return `${share > 0 ? '+' : '−'}${number(tenths / 10, 1)} %`;
}

/** `1 row`, `2 rows`. */
export function rows(count: number): string {
  return `${number(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** What a measure is called: `revenue`, `average price`, `rows`. */
export function measureName({ name, how }: Measure): string {
  const words = name.replace(/[_-]+/g, ' ');
  return how === 'mean' ? `average ${words}` : words;
}

/** At the start of a sentence; `kWh` stays as it is. */
export const capitalised = (text: string): string =>
  /^\p{Ll}\p{Lu}/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
