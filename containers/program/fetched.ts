import { LRUCache } from 'lru-cache';
import { sha256 } from '../../shared/domain/canonical.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { checksumHeader } from '../../shared/protocol/upload-headers.ts';
import { send } from '../space/http.ts';

/** A text by its digest, and where it can be had without further credentials. */
export interface Address {
  readonly url: string;
  readonly digest: string;
}

/** Reads and writes texts at signed addresses. */
export interface Fetched {
  /** Throws `data.damaged` when what is there is not what the digest stands for. */
  text(address: Address): Promise<string>;
  put(url: string, text: string): Promise<void>;
}

/** Remembers the texts of late, by digest: `characters` of them. */
export function remembering(fetched: Fetched, characters: number): Fetched {
  const texts = new LRUCache<string, string>({
    maxSize: characters,
    sizeCalculation: ({ length }) => Math.max(1, length),
  });
  return {
    put: fetched.put,
    async text(address) {
      const text = texts.get(address.digest) ?? (await fetched.text(address));
      texts.set(address.digest, text);
      return text;
    },
  };
}

/** Over HTTP. */
export const overHttp: Fetched = {
  async text({ url, digest }) {
    const { status, body } = await send(url, { method: 'GET' });
    if (status !== 200) throw unavailable(`The store answered ${status}`);
    if (sha256(body) !== digest) {
      throw new TandemError('data.damaged', {
        message: `What the store holds as ${digest} is something else.`,
      });
    }
    return body.toString('utf8');
  },
  async put(url, text) {
    const { status } = await send(url, { method: 'PUT', headers: checksumHeader(sha256(text)), body: text });
    if (status >= 300) throw unavailable(`The store answered ${status}`);
  },
};

/** It may pass: who asked asks again. */
function unavailable(message: string): TandemError {
  return new TandemError('engine.unavailable', { message });
}
