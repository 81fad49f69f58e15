import { once } from 'node:events';
import { createServer } from 'node:net';
import { readServerFile } from '../discovery/server-file.ts';
import { findRunningServer } from '../server/running-server.ts';
import type { Finding } from './check.ts';

/** The port that a server takes first. */
const firstPort = 4_400;

/** A server that runs on the data folder, or room for one. */
export async function checkServer(data: string): Promise<Finding> {
  const running = await findRunningServer(data);
  const file = readServerFile(data);
  if (running) return { ok: true, found: `${running.url}, process ${file?.pid}, version ${file?.version}` };
  if (file && isAlive(file.pid)) {
    const found = `process ${file.pid} is said to listen on ${file.url}, but does not answer`;
    return {
      ok: false,
      found,
      remedy: `End process ${file.pid} if it is a server that hangs, then start one.`,
    };
  }
  const free = await isFree(firstPort);
  const found = free
    ? `none runs; port ${firstPort} is free`
    : `none runs; port ${firstPort} is taken, the next one is used`;
  return { ok: true, found };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host: '127.0.0.1', port });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
