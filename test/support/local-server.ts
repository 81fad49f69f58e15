import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The longest a server may take to answer, in milliseconds. */
const startMs = 240_000;

/** Resolves when a server answers whatever it is asked; throws when it ends before, or takes too long. */
export async function answersAt(address: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    try {
      await fetch(address, { signal: AbortSignal.timeout(1_000) });
      return;
    } catch {
      await pause(100);
    }
  }
  throw new Error(`Nothing answers at ${address}.`);
}

/** A port of this machine that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
