import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import type { Json } from '../../shared/domain/json.ts';
import { type Approvals, Audience, type TestSignal } from './audience.ts';
import { type CommandScripts, scripted } from './scripts.ts';
import { author, TestTwin } from './test-twin.ts';
import { type TestedRun, testedRun } from './tested-run.ts';

export interface TestRunOptions {
  /** Default `null`. */
  readonly input?: Json;
  /** Files that the workspace starts with: text, or the address of a file. */
  readonly files?: Readonly<Record<string, string | URL>>;
  readonly commands?: CommandScripts;
  readonly approvals?: Approvals;
  readonly signals?: readonly TestSignal[];
  /** Agents that may be called: their program files by name. */
  readonly agents?: Readonly<Record<string, string | URL>>;
  /** When the run starts (ISO); default: the beginning of 2026. */
  readonly now?: string;
}

const underTest = 'under-test';

/** How long a run may take in virtual time, in milliseconds: a year. */
const patienceMs = 365 * 24 * 3_600_000;

/**
 * Runs a program file to its end, in memory and in virtual time: a sleep of a week takes no time, random numbers are
 * the same each time, and nothing outside happens. Everything else is real: the use cases, the run machine, the engine
 * and the log. Throws when the program asks for something that the test does not answer, or waits for ever.
 *
 * @example
 * const run = await testRun(new URL('./agent.ts', import.meta.url), {
 *   input: { name: 'Ada' },
 *   commands: { 'npm test': { exitCode: 0 } },
 *   approvals: ['approved'],
 * });
 * assert.equal(run.status, 'succeeded');
 * assert.deepEqual(run.operations.map(({ kind }) => kind), ['command.run', 'approval.request']);
 */
export async function testRun(program: string | URL, options: TestRunOptions = {}): Promise<TestedRun> {
  const faults: unknown[] = [];
  const twin = new TestTwin({
    now: Date.parse(options.now ?? '2026-01-01T00:00:00.000Z'),
    command: (line) => {
      const script = options.commands?.[line];
      if (script !== undefined) return scripted(script, line);
      faults.push(new Error(`The program runs a command that the test does not script: ${line}`));
      return () => Promise.reject(new Error('not scripted'));
    },
  });
  try {
    return await play(twin, program, { options, faults });
  } finally {
    twin.close();
  }
}

interface Play {
  readonly options: TestRunOptions;
  /** What has gone wrong outside the program. */
  readonly faults: unknown[];
}

async function play(twin: TestTwin, program: string | URL, { options, faults }: Play): Promise<TestedRun> {
  await twin.open();
  await publish(twin, { ...options.agents, [underTest]: program });
  const start = { agent: underTest, input: options.input ?? null, files: await startFiles(options) };
  const { run } = (await twin.api.startRun(author, start)).run;
  const audience = new Audience(twin, options.approvals);
  audience.send(run, options.signals ?? [], (error) => faults.push(error));
  await follow(twin, run, { audience, faults });
  audience.assertHeard();
  return testedRun(twin, run);
}

async function publish(twin: TestTwin, programs: Readonly<Record<string, string | URL>>): Promise<void> {
  for (const [agent, file] of Object.entries(programs)) {
    const { code } = await bundleProgram(typeof file === 'string' ? file : fileURLToPath(file));
    await twin.publish(agent, code);
  }
}

function startFiles({ files = {} }: TestRunOptions) {
  return Promise.all(
    Object.entries(files).map(async ([path, given]) => {
      if (typeof given === 'string') return { path, content: given };
      return { path, content: (await readFile(given)).toString('base64'), encoding: 'base64' as const };
    }),
  );
}

interface Following {
  readonly audience: Audience;
  readonly faults: readonly unknown[];
}

/** Moves time on until the run has ended. */
async function follow(twin: TestTwin, run: string, { audience, faults }: Following): Promise<void> {
  const until = twin.clock.now() + patienceMs;
  for (;;) {
    await twin.stillness();
    if (faults.length > 0) throw faults[0];
    if (await audience.attend()) continue;
    const { status, waitingFor } = await twin.api.getRun(author, run);
    if (status === 'succeeded' || status === 'failed' || status === 'cancelled') return;
    const goesOn = twin.clock.advanceToNext() && twin.clock.now() < until;
    const what = waitingFor ? `, for: ${waitingFor}` : '';
    if (!goesOn) throw new Error(`The run has waited for a year of virtual time, or waits for ever${what}`);
  }
}
