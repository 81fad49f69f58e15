import { type KeyObject, sign } from 'node:crypto';
import type { JsonObject } from '../../shared/domain/json.ts';

/** A JWT (RFC 7519) signed by RS256. */
export function signJwt(header: JsonObject, claims: JsonObject, key: KeyObject): string {
  const text = `${base64url(header)}.${base64url(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function base64url(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
