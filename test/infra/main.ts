import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tandemApp } from '../../infra/app.ts';
import { realBundles } from '../../infra/bundling/bundles.ts';
import { NoPython, pythonProgram } from '../support/python.ts';

/** Context of each synthesis. */
const syntheses: readonly Readonly<Record<string, string>>[] = [
  { stage: 'dev' },
  { stage: 'prod' },
  { stage: 'prod', tasks: 'on', gpu: 'on', tenants: 'acme' },
  { stage: 'prod', stateStore: 'aurora' },
  { stage: 'dev', tasks: 'on' },
  { stage: 'dev', stateStore: 'aurora', tasks: 'on' },
  { stage: 'twin' },
];

/**
 * What cfn-lint is wrong about, or what we mean: W3005 is about dependencies that CDK writes twice.
 */
const ignored = ['W3005'];

/**
 * Synthesizes every stage with functions bundled, as `npx cdk` does, and checks the templates with cfn-lint. The last line
 * is the one that `.ci/run` counts.
 */
const lint = linter();
const bundles = mkdtempSync(join(tmpdir(), 'tandem-bundles-'));
const make = await realBundles(bundles, '2026-01');
const failures = syntheses.filter((context) => !holds(context));
rmSync(bundles, { recursive: true, force: true });
console.log(`\n${syntheses.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** The path of cfn-lint; without Python it is left out, but not in CI. */
function linter(): string | undefined {
  try {
    return pythonProgram('cfn-lint', new URL('.', import.meta.url));
  } catch (error) {
    if (!(error instanceof NoPython) || process.env['CI']) throw error;
    console.log(`Without cfn-lint: ${error.message}`);
    return undefined;
  }
}

function holds(context: Readonly<Record<string, string>>): boolean {
  const outdir = mkdtempSync(join(tmpdir(), 'tandem-synth-'));
  const started = performance.now();
  try {
    tandemApp(make, {}, { context, outdir }).synth();
    const ok = isClean(outdir);
    const words = Object.entries(context).map(([key, value]) => `${key}=${value}`);
    const seconds = Math.round((performance.now() - started) / 1_000);
    console.log(`${ok ? '✔' : '✖'} ${words.join(' ')} (${seconds} s)`);
    return ok;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function isClean(out: string): boolean {
  if (lint === undefined) return true;
  const templates = readdirSync(out).filter((name) => name.endsWith('.template.json'));
  const ignoring = ignored.flatMap((rule) => ['--ignore-checks', rule]);
  return run(lint, [...ignoring, '--', ...templates.map((name) => join(out, name))]);
}

/** Whether a program ends well; what it says is shown when it does not. */
function run(file: string, args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) console.log(`${stdout}${stderr}`.trim());
  return status === 0;
}
