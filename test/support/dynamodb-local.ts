import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  dynamoDbLocalFolder,
  dynamoDbLocalImage,
  dynamoDbLocalVersion,
  getDynamoDbLocal,
  hasJava,
  hasMaven,
} from '../../scripts/dynamodb-local.ts';

/** A DynamoDB Local of one's own, in memory. */
export interface DynamoDbLocal {
  readonly endpoint: string;
  /** What it is, in a few words. */
  readonly about: string;
  stop(): Promise<void>;
}

/** How it is started here, or why it can't be. */
export type DynamoDbLocalWay =
  | { readonly kind: 'java' | 'docker' }
  | { readonly kind: 'absent'; readonly reason: string };

/** The longest it may take to answer, in milliseconds; usually it is a second and a half. */
const startMs = 60_000;

/** As Java where its jars are or can be got, else from its image. */
export function dynamoDbLocalWay(): DynamoDbLocalWay {
  const java = hasJava();
  if (java && existsSync(dynamoDbLocalFolder)) return { kind: 'java' };
  if (spawnSync('docker', ['image', 'inspect', dynamoDbLocalImage]).status === 0) return { kind: 'docker' };
  let reason = 'there is neither Java 17 with Maven nor Docker';
  if (java && hasMaven()) {
    try {
      getDynamoDbLocal();
      return { kind: 'java' };
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  if (spawnSync('docker', ['pull', '-q', dynamoDbLocalImage]).status === 0) return { kind: 'docker' };
  return { kind: 'absent', reason };
}

/** Starts it; resolves when it answers. */
export async function startDynamoDbLocal(kind: 'java' | 'docker'): Promise<DynamoDbLocal> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const name = `tandem-dynamodb-${process.pid}-${port}`;
  const child = kind === 'java' ? startJava(port) : startDocker(port, name);
  const stop = async () => {
    if (kind === 'docker') spawnSync('docker', ['rm', '-f', name]);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  // Whoever ends without stopping it leaves nothing behind all the same.
  process.once('exit', () => child.kill('SIGKILL'));
  try {
    await answers(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  const about = `DynamoDB Local ${dynamoDbLocalVersion}, ${kind === 'java' ? 'Java' : 'Docker'}, in memory`;
  return { endpoint, about, stop };
}

function startJava(port: number): ChildProcess {
  return spawn(
    'java',
    [
      `-Djava.library.path=${dynamoDbLocalFolder}`,
      '-Xmx1g',
      '-cp',
      join(dynamoDbLocalFolder, '*'),
      'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
      ...['-inMemory', '-sharedDb', '-port', String(port)],
    ],
    { stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
}

function startDocker(port: number, name: string): ChildProcess {
  return spawn(
    'docker',
    [
      ...['run', '--rm', '--name', name, '-p', `127.0.0.1:${port}:8000`, '-e', 'DDB_LOCAL_TELEMETRY=0'],
      ...[dynamoDbLocalImage, '-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'],
    ],
    { stdio: 'ignore' },
  );
}

/** Any answer will do: unsigned requests are refused. */
async function answers(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) break;
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
      return;
    } catch {
      await pause(100);
    }
  }
  throw new Error(`DynamoDB Local did not start at ${endpoint}.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
