import { sha256 } from '../domain/canonical.ts';
import { MeasuredBytes } from '../domain/measured-bytes.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Blobs, TenantBlobs } from '../ports/blobs.ts';
import type { OpenDisk } from './disk.ts';

/** Blobs in memory. Their addresses name what is allowed, but nobody serves them. */
export class MemoryBlobs implements Blobs {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantBlobs {
    const tenantBlobs: TenantBlobs = {
      put: (bytes) => {
        const copy = Uint8Array.from(bytes);
        const blob = sha256(copy);
        return this.#disk.write((disk) => {
          disk.tenant(tenant).blobs.set(blob, copy);
          return { blob, size: copy.byteLength };
        });
      },
      get: (digest) =>
        this.#disk.read((disk) => {
          const bytes = disk.tenant(tenant).blobs.get(digest);
          if (bytes && sha256(bytes) !== digest)
            throw new TandemError('data.damaged', { details: { digest } });
          return bytes && Uint8Array.from(bytes);
        }),
      size: (digest) => this.#disk.read((disk) => disk.tenant(tenant).blobs.get(digest)?.byteLength),
      remove: (digest, isWanted) =>
        this.#disk.write((disk) => {
          if (isWanted()) return false;
          disk.tenant(tenant).blobs.delete(digest);
          return true;
        }),
      signedUrl: async (digest, { method, expiresIn }) =>
        `memory:///v1/blobs/${tenant}/${digest}?method=${method}&expiresIn=${expiresIn}`,
      receive: async (digest, bytes) => {
        const measured = new MeasuredBytes(bytes);
        const chunks = await Array.fromAsync(measured);
        measured.assertAre(digest);
        return tenantBlobs.put(Buffer.concat(chunks));
      },
    };
    return tenantBlobs;
  }
}
