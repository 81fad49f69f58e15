import type { Blobs } from '../../shared/ports/blobs.ts';
import { later } from '../later.ts';
import { remembered } from '../remembered.ts';
import type { Surroundings } from '../wired.ts';
import { bucketOf } from './bucket.ts';

/** Blobs as objects: `passing` are those that nobody needs for longer than a call, and that the bucket removes by itself. */
export function objects(surroundings: Surroundings, below: 'blobs' | 'passing'): Blobs {
  const bucket = bucketOf(surroundings);
  const { clock } = surroundings;
  const loaded = remembered(async () => (await import('./s3/wiring.ts')).s3Blobs(bucket, { clock, below }));
  return { forTenant: (tenant) => later(async () => (await loaded()).forTenant(tenant)) };
}
