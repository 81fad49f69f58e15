import type { CleanRows } from '../csv/clean.ts';
import type { Measure } from '../summary/measure.ts';

/** A number for people: grouped digits, at most so many decimals, powers of ten where digits would not be read. */
export function number(value: number, decimals = 2): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 10 ** -decimals / 2))
    return value.toExponential(2).replace('e+', 'e');
  return groupDigits(value.toFixed(size >= 1_000 || Number.isInteger(value) ? 0 : decimals));
}

/** `1234.5` as `1,234.5`. */
export function groupDigits(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
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
export const rows = (count: number): string => counted(count, 'row');

/** `17 of 914 rows set aside`: of all that were read. */
export function setAside({ rows: used, dirty }: CleanRows): string {
  const all = rows(used.length + dirty.length);
  return dirty.length === 0 ? `none of ${all} set aside` : `${number(dirty.length)} of ${all} set aside`;
}

/** `1 column`, `2 columns`. */
export const columns = (count: number): string => counted(count, 'column');

/** `1 cell`, `2 cells`. */
export const cells = (count: number): string => counted(count, 'cell');

function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** What a measure is called: `revenue`, `average price`, `rows`. */
export function measureName({ name, how }: Measure): string {
  const words = name.replace(/[_-]+/g, ' ');
  return how === 'mean' ? `average ${words}` : words;
}

/** At the start of a sentence; `kWh` stays as it is. */
export const capitalised = (text: string): string =>
  /^\p{Ll}\p{Lu}/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
