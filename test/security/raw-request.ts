import type { OpenDoor } from '../support/open-door.ts';

/** The least that starts a run. */
export const goodBody = '{"agent":"greeter"}';

/** The head of a request as it stands on the wire. */
export const head = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

/** A request for a path with a good token, and these fields besides. */
export const ask = (door: OpenDoor, target: string, fields: readonly string[] = []): string =>
  head([
    `${target} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${door.issuer.token()}`,
    'Connection: close',
    ...fields,
  ]);

/** A start of a run with these fields besides those that are always there, and these bytes behind it. */
export const start = (door: OpenDoor, fields: readonly string[], behind: string): string =>
  head([
    'POST /v1/runs HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${door.issuer.token()}`,
    'Content-Type: application/json',
    ...fields,
  ]) + behind;

export const chunked = 'Transfer-Encoding: chunked';

/** A body as one chunk. */
export const inOneChunk = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** With the length of the body, and the body. */
export const withLength = (door: OpenDoor, fields: readonly string[], body = goodBody): string =>
  start(door, [`Content-Length: ${Buffer.byteLength(body)}`, ...fields], body);
