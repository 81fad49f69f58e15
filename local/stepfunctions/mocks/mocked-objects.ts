import type { MockedObject } from './schema.ts';

/** The S3 objects of a mock configuration: what item readers read and result writers write. */
export class MockedObjects {
  readonly #buckets = new Map<string, Map<string, Buffer>>();

  constructor(objects: readonly MockedObject[]) {
    for (const { Bucket, Key, Body, Encoding } of objects) this.put(Bucket, Key, Buffer.from(Body, Encoding));
  }

  /** Whether there are any: then S3 is not asked. */
  get some(): boolean {
    return this.#buckets.size > 0;
  }

  get(bucket: string, key: string): Buffer | undefined {
    return this.#buckets.get(bucket)?.get(key);
  }

  put(bucket: string, key: string, body: Buffer): void {
    const keys = this.#buckets.get(bucket) ?? new Map<string, Buffer>();
    this.#buckets.set(bucket, keys.set(key, body));
  }

  /** By key, as S3 lists them; `undefined` where there is no such bucket. */
  list(bucket: string, prefix = ''): readonly { readonly key: string; readonly body: Buffer }[] | undefined {
    const keys = this.#buckets.get(bucket);
    if (keys === undefined) return undefined;
    return [...keys]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, body]) => ({ key, body }));
  }
}
