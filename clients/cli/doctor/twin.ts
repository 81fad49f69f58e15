import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Finding } from './check.ts';

/** Longest that Docker, or a service of the twin, may take to answer, in milliseconds. */
const timeoutMs = 10_000;

/** Runs a program; `undefined` when it is not there. */
export type Ask = (args: readonly string[]) => { readonly ok: boolean; readonly said: string } | undefined;

export const askDocker: Ask = (args) => {
  const { error, status, stdout, stderr } = spawnSync('docker', args, {
    encoding: 'utf8',
    timeout: timeoutMs,
    windowsHide: true,
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
  return { ok: status === 0, said: (stdout || stderr || '').trim() };
};

/** Whether there is a Docker Engine, and we may ask it. */
export function checkDocker(ask: Ask = askDocker): Finding {
  const engine = ask(['version', '--format', '{{.Server.Version}}']);
  if (engine === undefined) {
    return {
      ok: false,
      found: 'there is no `docker` here',
      remedy: 'Install Docker: https://docs.docker.com/get-docker',
    };
  }
  if (engine.ok) return { ok: true, found: `engine ${engine.said}` };
  const remedy = /permission denied/i.test(engine.said)
    ? 'Let your user talk to Docker, or use sudo.'
    : 'Start Docker.';
  return { ok: false, found: `no engine answers: ${firstLine(engine.said)}`, remedy };
}

/** Whether Docker has Compose. */
export function checkCompose(ask: Ask = askDocker): Finding {
  const compose = ask(['compose', 'version']);
  if (compose?.ok) return { ok: true, found: firstLine(compose.said) };
  const remedy = 'Install the plug-in of Docker Compose: https://docs.docker.com/compose/install';
  return { ok: false, found: 'Docker is without Compose', remedy };
}

/** Something of the twin that is reached from outside. */
export interface Endpoint {
  readonly url: string;
  readonly port: number;
}

/** What the twin opens on this machine. */
export const endpoints = {
  gateway: { url: 'http://localhost:4400/health/ready', port: 4_400 },
  localstack: { url: 'http://localhost:4566/_localstack/health', port: 4_566 },
} as const satisfies Record<string, Endpoint>;

/** Whether something of the twin answers; where the twin is down, whether its port is free. */
export async function checkEndpoint({ url, port }: Endpoint, isUp: boolean): Promise<Finding> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
  await answer?.body?.cancel();
  if (isUp && answer?.ok) return { ok: true, found: `${new URL(url).origin} answers` };
  if (isUp) {
    const found = answer ? `${url} answers ${answer.status}` : `${url} does not answer`;
    return {
      ok: false,
      found,
      remedy: 'See `docker compose logs -f deployer`: the stack may still be deployed.',
    };
  }
  if (answer === undefined && (await isFree(port)))
    return { ok: true, found: `the twin is down; port ${port} is free` };
  return {
    ok: false,
    found: `port ${port} is taken by somebody else`,
    remedy: `Stop what listens on port ${port}.`,
  };
}

/** Whether containers of the twin run here, whatever its project is called. */
export function isTwinUp(ask: Ask = askDocker): boolean {
  const running = ask(['ps', '-q', '--filter', 'label=com.docker.compose.service=deployer']);
  return running?.ok === true && running.said !== '';
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

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
