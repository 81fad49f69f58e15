import { createHash } from 'node:crypto';
import type { Json } from '../../../../shared/domain/json.ts';
import { shortText, text } from './arguments.ts';
import { type Intrinsic, InvalidArguments, intrinsic } from './call.ts';

const algorithms: ReadonlyMap<Json, string> = new Map<Json, string>([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

export const strings: Readonly<Record<string, Intrinsic>> = {
  'States.Base64Encode': intrinsic(1, ([data]) => Buffer.from(shortText(data)).toString('base64')),
  'States.Base64Decode': intrinsic(1, ([data]) => decode(shortText(data))),
  'States.Hash': intrinsic(2, ([data, algorithm]) => hash(shortText(data), algorithm as Json)),
  'States.StringSplit': intrinsic(2, ([whole, separators]) => split(text(whole), text(separators))),
  'States.UUID': intrinsic(0, (_, { uuid }) => uuid()),
};

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function decode(data: string): string {
  const characters = data.replace(/=+$/, '').length;
  const padded = characters !== data.length;
  if (base64.test(data) && characters % 4 !== 1 && (!padded || data.length % 4 === 0))
    return Buffer.from(data, 'base64').toString();
  throw new InvalidArguments('the string is not Base64');
}

function hash(data: string, algorithm: Json): string {
  const name = algorithms.get(algorithm);
  if (name !== undefined) return createHash(name).update(data).digest('hex');
  throw new InvalidArguments(`the algorithm must be one of ${[...algorithms.keys()].join(', ')}`);
}

/** Every character of `separators` separates; what is empty is left out. */
function split(whole: string, separators: string): readonly string[] {
  const separating = new Set(separators);
  const parts: string[] = [];
  let part = '';
  for (const character of whole) {
    if (!separating.has(character)) {
      part += character;
      continue;
    }
    if (part !== '') parts.push(part);
    part = '';
  }
  return part === '' ? parts : [...parts, part];
}
