import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from '../saving/make-folder.ts';

/** What a sign-in leaves on this machine, for one server. */
export interface Login {
  readonly server: string;
  /** Who has signed the person in; absent: the server itself. */
  readonly issuer?: string;
  /** As which application; absent: as the command line of a server of one's own. */
  readonly client?: string;
  /** Address of live events, where it is not below that of the server. */
  readonly live?: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint?: string;
  readonly subject: string;
  readonly accessToken: string;
  /** ISO time. */
  readonly expiresAt: string;
  readonly refreshToken: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How long another process may hold a login, in milliseconds: one that died holds it no longer. */
const staleMs = 30_000;

/** Where logins are kept: in the user's configuration folder. */
function loginFolder(env: Environment): string {
  const base = env['XDG_CONFIG_HOME'] || (process.platform === 'win32' && env['APPDATA']);
  return join(base || join(homedir(), '.config'), 'tandem', 'logins');
}

/** Path of the login for a server: a name that people recognise, and one that no two servers share. */
export function loginPath(server: string, env: Environment = process.env): string {
  const digest = createHash('sha256').update(placeOf(server)).digest('hex').slice(0, 12);
  return join(loginFolder(env), `${new URL(server).host.replace(/[^\w.-]/g, '_')}-${digest}.json`);
}

/** What tells servers apart: stages may stand side by side on one domain, each below a path of its own. */
function placeOf(server: string): string {
  const { origin, pathname } = new URL(server);
  return origin + pathname.replace(/\/+$/, '');
}

/** The login at a server. Files were once named by the domain alone, so one may be of another server there. */
export function loginAt(server: string, env: Environment = process.env): Login | undefined {
  const login = readLogin(loginPath(server, env));
  const isOfThis = URL.canParse(login?.server ?? '') && placeOf(login?.server ?? '') === placeOf(server);
  return isOfThis ? login : undefined;
}

export function readLogin(path: string): Login | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Login;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, for its owner only. */
export function writeLogin(path: string, login: Login): void {
  makeFolder(dirname(path), 0o700);
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(login)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, path);
}

export function removeLogin(path: string): void {
  rmSync(path, { force: true });
}

/**
 * Does something while no other process does it to the same login: a refresh token is good once, and of two that use it
 * at the same moment the second one ends the sign-in.
 */
export async function holding<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  makeFolder(dirname(path), 0o700);
  while (!taken(lock)) await pause(25);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > staleMs) rmSync(lock, { force: true });
    return false;
  }
}
