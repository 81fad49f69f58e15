import { childRunId } from '../../../shared/domain/derived-ids.ts';
import type { RunEvent } from '../../../shared/domain/events.ts';
import { project } from '../../../shared/domain/project.ts';
import type { ApprovalRow, RunRow } from '../../../shared/domain/projections.ts';
import { type History, history } from '../../simulation/history.ts';
import type { Act, Evidence, StartedRun } from '../evidence.ts';

type Writable<T> = T extends readonly (infer Item)[] ? Item[] : T;

interface ForgedRun {
  events: RunEvent[];
  output: string;
  doubts: string[];
}

/** Evidence that may be tampered with. */
export interface Forged extends Evidence {
  readonly lives: Writable<Evidence['lives']>;
  readonly started: Writable<Evidence['started']>;
  readonly acts: Writable<Evidence['acts']>;
  readonly found: Map<string, ForgedRun>;
  readonly lists: { readonly runs: RunRow[]; readonly approvals: ApprovalRow[] };
  readonly witness: Writable<Evidence['witness']>;
  readonly leftovers: Writable<Evidence['leftovers']>;
  readonly litter: string[];
  readonly complaints: string[];
}

const runId = (number: number): string => `run_${String(number).padStart(26, '0')}`;

/** Runs of the forged evidence. */
export const working = runId(1);
export const asking = runId(2);
export const calling = runId(3);
export const called = childRunId(calling, 1);

/** The operation of the working run's one command. */
export const command = 1;

const at = (history: History): number => Date.parse(history.state.at);

/** Everything is in order: a run with a command, one that was asked and paused, and one with a child. */
export function soundEvidence(): Forged {
  const runs = [workingRun(), askingRun(), callingRun(), calledRun()];
  const found = new Map(
    runs.map(({ run, events }): [string, ForgedRun] => [
      run,
      { events: [...events], output: 'done', doubts: [] },
    ]),
  );
  const rows = runs.flatMap(({ state, events }) => project(undefined, state, events));
  const started = [working, asking, calling].map(
    (run): StartedRun => ({ run, shape: 'forged', expected: { status: 'succeeded', output: 'done' } }),
  );
  const claimedAt = Date.parse(runs[0]?.events.find(({ type }) => type === 'operation.started')?.at ?? '');
  const line = { run: working, operation: command, label: 'part0.1' };
  return {
    lives: [],
    started,
    acts: [act('pause', 'pause 1'), act('resume', 'resume 1'), act('approve', 'approve 1')],
    found,
    lists: {
      runs: rows.flatMap((change) => (change.kind === 'run' ? [change.row] : [])),
      approvals: rows.flatMap((change) => (change.kind === 'approval' ? [change.row] : [])),
    },
    witness: [
      { ...line, at: claimedAt + 10, what: 'start' },
      { ...line, at: claimedAt + 20, what: 'end' },
    ],
    leftovers: [],
    litter: [],
    complaints: [],
  };
}

function act(kind: Act['kind'], mark: string): Act {
  return { run: asking, kind, mark, acknowledged: true };
}

function end(its: History): History {
  its.add('run.succeeded', { output: { inline: 'done' } }, 'run');
  return its;
}

function workingRun(): History {
  const its = history({ run: working });
  its.claim(its.ask('command.run', { command: 'true' }));
  its.complete(command, { exitCode: 0 });
  const sleep = its.ask('sleep', { ms: 1_000 }, new Date(at(its) + 2_000).toISOString());
  its.now += 1_000;
  its.complete(sleep);
  return end(its);
}

function askingRun(): History {
  const its = history({ run: asking });
  const operation = its.askApproval(600_000);
  its.add('run.paused', { reason: 'pause 1' }, 'user:cli');
  its.add('run.resumed', { reason: 'resume 1' }, 'user:cli');
  const { approval, hash } = its.state.approvals[operation]?.requested ?? { approval: '', hash: '' };
  its.add('approval.approved', { approval, operation, hash, reason: 'approve 1' }, 'user:cli');
  its.complete(operation, { decision: 'approved' });
  return end(its);
}

function callingRun(): History {
  const its = history({ run: calling });
  its.complete(its.ask('agent.call', { agent: 'writer', input: null }), { run: called, output: null });
  return end(its);
}

function calledRun(): History {
  const parent = { run: calling, operation: 1, depth: 1 };
  return end(history({ run: called, created: { parent } }));
}
