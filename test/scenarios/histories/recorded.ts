import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventShape } from './shape.ts';

/** By story. */
export type Histories = Readonly<Record<string, readonly EventShape[]>>;

/** Where the histories stand that every runner is held against; `record.ts` writes it. */
export const recordedPath = fileURLToPath(new URL('recorded.json', import.meta.url));

export const readRecorded = (): Histories => JSON.parse(readFileSync(recordedPath, 'utf8')) as Histories;
