import { createHash } from 'node:crypto';
import { ObjectFailure, type Objects } from '../map-runs/objects.ts';
import type { MockedObjects } from './mocked-objects.ts';

/** The objects of a mock configuration; what is written to them lives as long as the process. */
export function mockObjects(objects: MockedObjects): Objects {
  return {
    async get(bucket, key) {
      const body = objects.get(bucket, key);
      if (body !== undefined) return body;
      if (objects.list(bucket) === undefined) throw new ObjectFailure('The specified bucket does not exist.');
      throw new ObjectFailure('The specified key does not exist.');
    },
    async *list(bucket, prefix) {
      const found = objects.list(bucket, prefix);
      if (found === undefined) throw new ObjectFailure('The specified bucket does not exist.');
      for (const { key, body } of found) {
        const etag = `"${createHash('md5').update(body).digest('hex')}"`;
        yield { key, etag, size: body.length, lastModified: 0, storageClass: 'STANDARD' };
      }
    },
    async put(bucket, key, body) {
      objects.put(bucket, key, body);
    },
  };
}
