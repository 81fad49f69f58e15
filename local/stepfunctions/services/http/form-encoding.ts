import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { textOf } from './url.ts';

/** How a form tells lists: `a[0]=x`, `a=x&a=y`, `a=x,y`, `a[]=x`. */
export type ArrayFormat = 'INDICES' | 'REPEAT' | 'COMMAS' | 'BRACKETS';

export const arrayFormats: readonly string[] = [
  'INDICES',
  'REPEAT',
  'COMMAS',
  'BRACKETS',
] satisfies ArrayFormat[];

/** An object as `application/x-www-form-urlencoded`; what is in an object is named `outer[inner]`. */
export function formEncoded(value: JsonObject, format: ArrayFormat): string {
  const pairs = Object.entries(value).flatMap(([name, one]) => pairsOf(name, one, format));
  return pairs.map(([name, text]) => `${encoded(name)}=${encoded(text)}`).join('&');
}

type Pair = readonly [name: string, text: string];

function pairsOf(name: string, value: Json, format: ArrayFormat): readonly Pair[] {
  if (value === null) return [[name, '']];
  if (Array.isArray(value)) return listPairs(name, value as readonly Json[], format);
  if (isObject(value)) {
    return Object.entries(value).flatMap(([inner, one]) => pairsOf(`${name}[${inner}]`, one, format));
  }
  return [[name, textOf(value)]];
}

function listPairs(name: string, list: readonly Json[], format: ArrayFormat): readonly Pair[] {
  switch (format) {
    case 'COMMAS':
      return [[name, list.map(textOf).join(',')]];
    case 'REPEAT':
      return list.flatMap((one) => pairsOf(name, one, format));
    case 'BRACKETS':
      return list.flatMap((one) => pairsOf(`${name}[]`, one, format));
    case 'INDICES':
      return list.flatMap((one, index) => pairsOf(`${name}[${index}]`, one, format));
  }
}

const encoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
