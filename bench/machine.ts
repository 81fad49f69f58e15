import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LeanConnection } from '../test/support/lean-connection.ts';
import { type Distribution, distribution } from './stats.ts';

const loopbacks = 1_000;

/** What this machine itself can do, measured in the same minute: the yardstick beside every figure. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  /** Append of 400 bytes and fdatasync, ms. */
  readonly sync: Distribution;
  /** One row in one full-sync SQLite commit (WAL), ms. */
  readonly commit: Distribution;
  /** POST over loopback to an empty handler in this process, ms. */
  readonly loopback: Distribution;
}

export async function measureMachine(): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-machine-'));
  try {
    return {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      node: process.version,
      sync: syncLatency(join(folder, 'append')),
      commit: commitLatency(join(folder, 'commit.db')),
      loopback: await loopbackLatency(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(times: number, work: () => void): Distribution {
  const samples = Array.from({ length: times }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return distribution(samples);
}

function syncLatency(path: string): Distribution {
  const file = openSync(path, 'w');
  const row = 'x'.repeat(400);
  const latency = timed(500, () => {
    writeSync(file, row);
    fdatasyncSync(file);
  });
  closeSync(file);
  return latency;
}

function commitLatency(path: string): Distribution {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (row TEXT)');
  const insert = database.prepare('INSERT INTO rows VALUES (?)');
  const row = 'x'.repeat(400);
  const latency = timed(500, () => insert.run(row));
  database.close();
  return latency;
}

async function loopbackLatency(): Promise<Distribution> {
  const server = createServer((_, response) => response.end('{}'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection = new LeanConnection(url, () => {});
  const request = 'POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\n\r\n{}';
  const samples: number[] = [];
  for (let i = 0; i < 2 * loopbacks; i++) {
    const began = performance.now();
    await connection.exchange(request);
    samples.push(performance.now() - began);
  }
  connection.close();
  server.closeAllConnections();
  server.close();
  // The first half only warms both ends up.
  return distribution(samples.slice(loopbacks));
}
