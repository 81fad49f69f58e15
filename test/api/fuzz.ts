import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from '../../functions/http/route.ts';
import { type RouteName, routes } from '../../functions/http/routes.ts';
import { configuration } from './configuration.ts';
import { furnish } from './fixture.ts';
import { type FuzzedServer, fuzzedServer, keepServed } from './fuzzed-server.ts';
import { schemathesis } from './python.ts';
import { type FuzzResult, judged, type Report } from './report.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** How long it may go on making up requests. */
  readonly seconds: number;
}

/** Fuzzes every route of the OpenAPI document against a server of its own, on a data folder of its own. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const program = schemathesis();
  const folder = mkdtempSync(join(tmpdir(), 'tandem-fuzz-'));
  await using server = await fuzzedServer();
  const over = new AbortController();
  try {
    await prepare(server, folder, options.seed);
    const kept = keepServed(server, over.signal);
    await run(program, folder, [`${server.url}/openapi.json`, '--max-time', String(options.seconds)]);
    over.abort();
    await kept;
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    return judged(report, await outlived(server));
  } finally {
    over.abort();
    rmSync(folder, { recursive: true });
  }
}

async function prepare(server: FuzzedServer, folder: string, seed: number): Promise<void> {
  const known = await furnish(server.connection('admin'));
  const credentials = new Map<RouteName, string>();
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const credential = await server.credential(route, known['run']?.at(-1) ?? '');
    if (credential !== undefined) credentials.set(name, credential);
  }
  const text = configuration({ known, credentials, seed });
  writeFileSync(join(folder, 'schemathesis.toml'), text, { mode: 0o600 });
}

async function run(program: string, folder: string, args: readonly string[]): Promise<void> {
  const reports = ['--report', 'json', '--report-json-path', join(folder, 'report.json')];
  const all = ['--config-file', join(folder, 'schemathesis.toml'), 'run', ...args, ...reports];
  const child = spawn(program, all, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  // 1: something was found, which the report says better.
  if (code !== 0 && code !== 1) throw new Error(`schemathesis ended with ${code}`);
}

/** What is wrong with the server after all that; `undefined` when it serves, has logged no error and stops in order. */
async function outlived(server: FuzzedServer): Promise<string | undefined> {
  const answer = await fetch(`${server.url}/health/ready`).catch(() => undefined);
  if (answer?.status !== 200) return 'The server does not take requests any more.';
  const errors = readFileSync(server.log, 'utf8').match(/^.*"level":"error".*$/gm) ?? [];
  if (errors[0] !== undefined) return `The server has logged ${errors.length} errors: ${errors[0]}`;
  const code = await server.stop();
  return code === 0 ? undefined : `The server ended with ${code} when it was asked to stop.`;
}
