import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { FileBlobs } from '../../shared/files/blobs.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { type BlobsUnderTest, describeBlobs } from './blobs.contract.ts';
import { temporaryFolder } from './stores.ts';

function openMemory(disk: MemoryDisk): BlobsUnderTest {
  return {
    blobs: new MemoryBlobs(disk.open()),
    damage: (tenant, digest) => disk.tenant(tenant).blobs.get(digest)?.fill(0),
    reopen: async () => openMemory(disk),
  };
}

function openFiles(folder: string): BlobsUnderTest {
  return {
    blobs: new FileBlobs({
      folder,
      baseUrl: () => 'http://127.0.0.1:4700',
      key: Buffer.alloc(32),
      clock: new VirtualClock(),
    }),
    damage: (tenant, digest) => {
      const path = join(folder, tenant, digest.slice(0, 2), digest);
      writeFileSync(path, readFileSync(path).fill(0));
    },
    reopen: async () => openFiles(folder),
  };
}

describeBlobs('memory', async () => openMemory(new MemoryDisk()));
describeBlobs('files', async (context: TestContext) => openFiles(join(temporaryFolder(context), 'blobs')));
