import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import type { Failure } from '../../shared/domain/events.ts';
import type { Json } from '../../shared/domain/json.ts';
import type {
  ProgramAnswer,
  ProgramAnswers,
  ProgramRequest,
  ProgramRun,
  ProgramTurn,
  TenantProgramHost,
} from '../../shared/ports/program-host.ts';

/** The code of one of the programs in `program-host-programs`. */
export async function bundleOf(program: string): Promise<string> {
  const file = fileURLToPath(new URL(`./program-host-programs/${program}.ts`, import.meta.url));
  return (await bundleProgram(file)).code;
}

let runs = 0;

/** A run of a program, whose version is named like it. */
export function runOf(program: string, input: Json = null): ProgramRun {
  runs += 1;
  return {
    run: `run_${runs}`,
    agent: program,
    version: program,
    seed: '0123456789abcdef'.repeat(4),
    input,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

export function answersOf(log: readonly ProgramAnswer[]): ProgramAnswers {
  return { count: log.length, after: async (after) => log.slice(after) };
}

/** The answer to a request, as the `count`th of its run: every answer is one minute after the one before. */
export function answerTo(
  { operation, hash }: ProgramRequest,
  count: number,
  result: Json | Failure,
): ProgramAnswer {
  const at = new Date(Date.UTC(2026, 0, 1, 0, count)).toISOString();
  const failed = typeof result === 'object' && result !== null && 'code' in result;
  const outcome = failed
    ? { ok: false as const, error: result as Failure }
    : { ok: true as const, value: result as Json };
  return { operation, hash, at, outcome };
}

export interface Driving {
  readonly run: ProgramRun;
  /** Which of the open requests is answered next, and with what. */
  readonly answer: (open: readonly ProgramRequest[]) => readonly [ProgramRequest, Json | Failure];
  /** Makes the host forget the run before every question. */
  readonly forget?: boolean;
}

export interface Journey {
  readonly log: readonly ProgramAnswer[];
  readonly turns: readonly ProgramTurn[];
  readonly end: ProgramTurn;
}

/** Asks and answers until the program has ended. */
export async function drive(host: TenantProgramHost, { run, answer, forget }: Driving): Promise<Journey> {
  const log: ProgramAnswer[] = [];
  const turns: ProgramTurn[] = [];
  for (;;) {
    if (forget) host.release(run.run);
    const turn = await host.next(run, answersOf(log));
    turns.push(turn);
    if (turn.kind !== 'requests') return { log, turns, end: turn };
    const [request, result] = answer(turn.requests);
    log.push(answerTo(request, log.length + 1, result));
  }
}

/** A plausible result of each kind of operation. */
export function resultOf({ kind, arguments: args }: ProgramRequest): Json {
  const given = args as Record<string, Json>;
  const path = given['path'] ?? '';
  const results: Record<ProgramRequest['kind'], Json> = {
    now: 1_767_225_600_000,
    random: 0.5,
    id: '01kdvfk0000000000000000000',
    log: null,
    'file.read': { path, content: `content of ${path}`, encoding: 'utf-8', size: 1 },
    'file.write': { path, bytesWritten: 1, digest: '' },
    'file.edit': { path, editsApplied: 1, digest: '' },
    'file.delete': { path },
    'file.list': { files: [] },
    'artifact.add': { name: path, path, mediaType: 'text/plain', digest: '', size: 1 },
    'command.run': { exitCode: 0, stdout: '', stderr: '', durationMs: 1, timedOut: false, changed: [] },
    'approval.request': { decision: 'approved', by: 'user:ada' },
    'signal.wait': { name: given['name'] ?? '', payload: { go: true }, timedOut: false },
    sleep: null,
    'agent.call': { run: 'run_child', output: 'child' },
  };
  return results[kind];
}

/** Answers the first open request. */
export const inOrder: Driving['answer'] = ([first]) => {
  if (!first) throw new Error('The program waits for nothing.');
  return [first, resultOf(first)];
};

/** Answers the last open request. */
export const backwards: Driving['answer'] = (open) => inOrder(open.slice(-1));
