import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import {
  getVersitygw,
  hasGo,
  versitygwFile,
  versitygwImage,
  versitygwVersion,
} from '../../scripts/versitygw.ts';
import { answersAt, freePort } from './local-server.ts';

/** An S3 of one's own, empty. */
export interface Versitygw {
  readonly endpoint: string;
  readonly client: S3Client;
  /** Another client of it, with other settings. */
  clientOf(settings: S3ClientConfig): S3Client;
  /** What it is, in a few words. */
  readonly about: string;
  /** Makes a bucket and answers its name. */
  makeBucket(versioning: boolean): Promise<string>;
  stop(): Promise<void>;
}

/** How it is started here, or why it can't be. */
export type VersitygwWay =
  | { readonly kind: 'program' | 'docker' }
  | { readonly kind: 'absent'; readonly reason: string };

/** The program where it is, else its image, else built with Go. */
export function versitygwWay(): VersitygwWay {
  if (existsSync(versitygwFile)) return { kind: 'program' };
  if (spawnSync('docker', ['image', 'inspect', versitygwImage]).status === 0) return { kind: 'docker' };
  if (hasGo()) {
    try {
      getVersitygw();
      return { kind: 'program' };
    } catch (error) {
      return { kind: 'absent', reason: (error as Error).message };
    }
  }
  if (spawnSync('docker', ['pull', '-q', versitygwImage]).status === 0) return { kind: 'docker' };
  return { kind: 'absent', reason: 'there is neither Go nor Docker' };
}

const keys = { accessKeyId: 'tandem', secretAccessKey: 'tandem-secret' };
const environment = { ROOT_ACCESS_KEY: keys.accessKeyId, ROOT_SECRET_KEY: keys.secretAccessKey };

/** Starts it; resolves when it answers. Its container or process, and what it has stored, go when it is stopped. */
export async function startVersitygw(kind: 'program' | 'docker'): Promise<Versitygw> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const name = `tandem-versitygw-${process.pid}-${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'tandem-versitygw-'));
  const child = kind === 'program' ? startProgram(port, folder) : startDocker(port, name);
  const clientOf = (settings: S3ClientConfig = {}) =>
    new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials: keys,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...settings,
    });
  const client = clientOf();
  const stop = async () => {
    client.destroy();
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    if (kind === 'docker') spawnSync('docker', ['rm', '-f', name]);
    else child.kill('SIGKILL');
    await exit;
    rmSync(folder, { recursive: true, force: true });
  };
  // Whoever ends without stopping it leaves nothing behind all the same.
  process.once('exit', () => child.kill('SIGTERM'));
  await answersAt(endpoint, child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    endpoint,
    client,
    clientOf,
    about: `versitygw ${versitygwVersion}, ${kind === 'program' ? 'its program' : 'Docker'}`,
    makeBucket: (versioning) => makeBucket(client, versioning),
    stop,
  };
}

async function makeBucket(client: S3Client, versioning: boolean): Promise<string> {
  const Bucket = `blobs-${randomBytes(8).toString('hex')}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  if (versioning) {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  return Bucket;
}

function startProgram(port: number, folder: string): ChildProcess {
  const [data, versions] = [join(folder, 'data'), join(folder, 'versions')];
  mkdirSync(data);
  mkdirSync(versions);
  const args = ['--port', `127.0.0.1:${port}`, 'posix', '--versioning-dir', versions, data];
  return spawn(versitygwFile, args, { stdio: 'ignore', env: { ...process.env, ...environment } });
}

function startDocker(port: number, name: string): ChildProcess {
  const variables = Object.entries(environment).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const start =
    'mkdir -p /srv/data /srv/versions && exec versitygw --port :7070 posix --versioning-dir /srv/versions /srv/data';
  const run = ['run', '--rm', '--name', name, '-p', `127.0.0.1:${port}:7070`, ...variables];
  return spawn('docker', [...run, '--entrypoint', '/bin/sh', versitygwImage, '-c', start], {
    stdio: 'ignore',
  });
}
