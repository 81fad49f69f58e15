import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from '../../functions/http/route.ts';
import type { Caller, Deployment } from '../scenarios/deployment.ts';
import { embeddedDeployment } from '../scenarios/embedded.ts';
import { configuration } from './configuration.ts';
import { furnish } from './fixture.ts';
import { schemathesis } from './python.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** How long it may go on making up requests. */
  readonly seconds: number;
}

export interface FuzzResult {
  /** Operations in which nothing was found, and the checks of the server afterwards. */
  readonly passed: number;
  readonly failed: number;
}

/** What schemathesis writes about a run, as far as it counts here. */
interface Report {
  readonly operations: { readonly tested: number; readonly total: number };
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly { readonly title: string; readonly operations: readonly string[] }[];
  readonly errors: readonly { readonly title: string; readonly count: number }[];
}

const person = (roles: Caller['roles']): Caller => ({ tenant: 'local', subject: `fuzz-${roles[0]}`, roles });

/** Fuzzes every route of the OpenAPI document against a server of its own, on a data folder of its own. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const program = schemathesis();
  const folder = mkdtempSync(join(tmpdir(), 'tandem-fuzz-'));
  await using deployment = await embeddedDeployment();
  try {
    await prepare(deployment, folder, options.seed);
    const { url } = await deployment.connect(person(['user']));
    await run(program, folder, [`${url}/openapi.json`, '--max-time', String(options.seconds)]);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    return count(report, await lives(url));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function prepare(deployment: Deployment, folder: string, seed: number): Promise<void> {
  const known = await furnish(await deployment.connect(person(['admin'])));
  const tokens = new Map<string, string>();
  for (const role of ['user', 'operator', 'admin', 'platform'] as const) {
    const { token } = await deployment.connect(person([role]));
    tokens.set(role, typeof token === 'string' ? token : await token());
  }
  const tokenFor = ({ role = 'user' }: Route) => tokens.get(role) ?? '';
  writeFileSync(join(folder, 'schemathesis.toml'), configuration({ known, tokenFor, seed }), { mode: 0o600 });
}

async function run(program: string, folder: string, args: readonly string[]): Promise<void> {
  const reports = ['--report', 'json', '--report-json-path', join(folder, 'report.json')];
  const all = ['--config-file', join(folder, 'schemathesis.toml'), 'run', ...args, ...reports];
  const child = spawn(program, all, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  // 1: something was found, which the report says better.
  if (code !== 0 && code !== 1) throw new Error(`schemathesis ended with ${code}`);
}

/** Whether the server has outlived it, and still takes requests. */
async function lives(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  if (answer?.status === 200) return true;
  console.log('✖ The server does not take requests any more.');
  return false;
}

function count({ operations, failures, errors, test_cases }: Report, alive: boolean): FuzzResult {
  const faulty = new Set(failures.flatMap((failure) => failure.operations));
  const broken = errors.reduce((sum, error) => sum + error.count, 0) + (operations.total - operations.tested);
  console.log(`${test_cases.generated} requests to ${operations.tested} of ${operations.total} operations.`);
  return {
    passed: operations.tested - faulty.size + Number(alive),
    failed: faulty.size + broken + Number(!alive),
  };
}
