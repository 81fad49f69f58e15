import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { FileBlobs } from '../../shared/files/blobs.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { SqliteBlobs } from '../../shared/sqlite/blobs.ts';
import { openSqliteStore } from '../../shared/sqlite/store.ts';
import { type BlobsUnderTest, describeBlobs } from './blobs.contract.ts';
import { temporaryFolder } from './stores.ts';

function openMemory(disk: MemoryDisk): BlobsUnderTest {
  return {
    blobs: new MemoryBlobs(disk.open()),
    damage: (tenant, digest) => void disk.tenant(tenant).blobs.get(digest)?.fill(0),
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
      if (existsSync(path)) writeFileSync(path, readFileSync(path).fill(0));
    },
    reopen: async () => openFiles(folder),
  };
}

interface Sqlite {
  readonly file: string;
  readonly larger: BlobsUnderTest;
  /** In bytes. */
  readonly limit?: number;
}

function openSqlite(context: TestContext, options: Sqlite): BlobsUnderTest {
  const { file, larger, ...limit } = options;
  const store = openSqliteStore(file);
  let open = true;
  const close = () => {
    if (open) store.close();
    open = false;
  };
  context.after(close);
  return {
    blobs: new SqliteBlobs(store, { larger: larger.blobs, ...limit }),
    damage: async (tenant, digest) => {
      const damage = 'UPDATE blobs SET bytes = zeroblob(length(bytes)) WHERE tenant = ? AND digest = ?';
      store.database.prepare(damage).run(tenant, Buffer.from(digest, 'hex'));
      await larger.damage(tenant, digest);
    },
    reopen: async () => {
      close();
      return openSqlite(context, { ...options, larger: await larger.reopen() });
    },
  };
}

describeBlobs('memory', async () => openMemory(new MemoryDisk()));
describeBlobs('files', async (context) => openFiles(join(temporaryFolder(context), 'blobs')));
describeBlobs('sqlite', async (context) => {
  const file = join(temporaryFolder(context), 'log.db');
  return openSqlite(context, { file, larger: openMemory(new MemoryDisk()), limit: 1_000_000 });
});
describeBlobs('small ones in sqlite, larger ones as files', async (context) => {
  const folder = temporaryFolder(context);
  return openSqlite(context, { file: join(folder, 'log.db'), larger: openFiles(join(folder, 'blobs')) });
});
