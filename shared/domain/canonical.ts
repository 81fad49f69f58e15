import { hash } from 'node:crypto';
import { TandemError } from '../errors/tandem-error.ts';
import type { Digest } from './content.ts';

/**
 * The canonical JSON text of a value (RFC 8785): what every hash of ours is taken over. Members that are `undefined`
 * are left out. Throws `request.invalid` for what JSON cannot say: a number that is not finite, text with an unpaired
 * surrogate, a function.
 *
 * Written by hand because it stands on the path of every event: a third of the time of the `canonicalize` package,
 * against which it is tested.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      if (!Number.isFinite(value)) throw unspeakable('a number that is not finite');
      return String(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : members(value as Record<string, unknown>);
    default:
      throw unspeakable(`a value of type ${typeof value}`);
  }
}

/** SHA-256 of text (as UTF-8) or bytes. */
export function sha256(content: string | Uint8Array): Digest {
  return hash('sha256', content, 'hex');
}

/** Text that JSON writes as it is: no controls, quotes, backslashes or surrogates. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function text(value: string): string {
  if (plain.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw unspeakable('text with an unpaired surrogate');
  return JSON.stringify(value);
}

function list(values: readonly unknown[]): string {
  return `[${values.map((value) => (value === undefined ? 'null' : canonicalJson(value))).join(',')}]`;
}

/** Members sorted by UTF-16 code units, which is how JavaScript compares text. */
function members(value: Record<string, unknown>): string {
  let written = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    written += `${written === '' ? '' : ','}${text(key)}:${canonicalJson(member)}`;
  }
  return `{${written}}`;
}

function unspeakable(what: string): TandemError {
  return new TandemError('request.invalid', { message: `JSON cannot carry ${what}.` });
}
