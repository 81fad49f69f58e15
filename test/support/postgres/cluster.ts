import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of one's own, empty, gone with the process that started it. */
export interface Cluster {
  /** Over a loopback port. */
  readonly address: string;
  /** What it is, in a few words. */
  readonly about: string;
  readonly user: string;
  readonly port: number;
  /** The address through another port. */
  at(port: number): string;
  /** Does statements as the one who may do everything. */
  admin(sql: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/**
 * Runs the server for as long as its input is open, then ends it and removes its folder: so it goes with whoever holds
 * the other end, killed or not.
 */
const leash = `
  folder=$1; shift
  "$@" & server=$!
  cat > /dev/null
  kill -INT $server
  wait $server
  rm -rf "$folder"
`;

const user = 'tandem';

export interface ClusterOptions {
  /** Whether what is committed is forced to the disk: nobody cuts the power of a test. */
  readonly synced?: boolean;
  /** What it presents to who wants to speak TLS; PEM. Absent: it speaks none. */
  readonly tls?: { readonly key: string; readonly certificate: string };
}

/** Makes a cluster in a temporary folder with the programs in `folder`, and starts it; takes about a second. */
export async function startCluster(
  programs: string,
  { synced = false, tls }: ClusterOptions = {},
): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-postgres-'));
  const owner = unprivileged();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const options = [
    '--no-sync',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    `--username=${user}`,
  ];
  const password = join(folder, 'password');
  execFileSync('sh', ['-c', 'umask 077; echo tandem > "$1"', 'sh', password], { ...owner });
  execFileSync(join(programs, 'initdb'), [...options, `--pwfile=${password}`, '-D', data], { ...owner });
  const port = await freePort();
  const settings = [
    ...['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1'],
    ...['-c', 'max_connections=200', '-c', 'shared_buffers=64MB', '-c', 'logging_collector=off'],
    ...['-c', 'log_min_messages=fatal', '-c', `fsync=${synced ? 'on' : 'off'}`],
    ...(tls ? speaksTls(tls, folder, owner) : []),
  ];
  const server = spawn('sh', ['-c', leash, 'sh', folder, join(programs, 'postgres'), ...settings], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.unref();
  const at = (one: number) => `postgres://${user}:tandem@127.0.0.1:${one}/postgres`;
  const cluster = {
    address: at(port),
    at,
    admin: (sql: string) => connected(at(port), async (client) => (await client.query(sql)).rows),
    about: `${execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).trim()}, a cluster of its own`,
    user,
    port,
    stop: async () => {
      server.ref();
      server.stdin.end();
      await ended;
    },
  };
  await untilReady(cluster.address, server.exitCode);
  return cluster;
}

/** PostgreSQL takes a key that nobody else can read. */
function speaksTls(
  { key, certificate }: NonNullable<ClusterOptions['tls']>,
  folder: string,
  owner: ReturnType<typeof unprivileged>,
): readonly string[] {
  const files = { ssl_key_file: join(folder, 'server.key'), ssl_cert_file: join(folder, 'server.crt') };
  writeFileSync(files.ssl_key_file, key, { mode: 0o600 });
  writeFileSync(files.ssl_cert_file, certificate);
  if (owner) for (const file of Object.values(files)) chownSync(file, owner.uid, owner.gid);
  const settings = Object.entries({ ssl: 'on', ...files });
  return settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}

/** Lends a connection that is closed afterwards. */
export async function connected<T>(address: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilReady(connectionString: string, exitCode: number | null): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; ) {
    try {
      await connected(connectionString, async () => undefined);
      return;
    } catch (error) {
      if (exitCode !== null || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
