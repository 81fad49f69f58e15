import fc from 'fast-check';
import type { EventDraft, EventPayloads, EventType } from '../../shared/domain/events.ts';
import { type OperationKind, operationKinds } from '../../shared/domain/operations.ts';
import type { RunState } from '../../shared/domain/state.ts';
import { isTandemError, type TandemError } from '../../shared/errors/tandem-error.ts';
import { History, requestOf, time } from './history.ts';

/** A move somebody makes on a run: which kind of event, and two numbers that pick its particulars. */
export type Move = readonly [kind: number, a: number, b: number];

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(fc.tuple(fc.nat(30), fc.nat(6), fc.nat(6)), {
  minLength: 1,
  maxLength: 60,
});

/** Refusals that a writer who is late or wrong must expect from `evolve`. */
export const refusals = [
  'run.ended',
  'run.superseded',
  'operation.answered',
  'approval.decided',
  'approval.expired',
  'log.illegal',
] as const;

/** Plays moves on a fresh run, as writers that know nothing of each other would. Returns it and what was refused. */
export function play(all: readonly Move[]): { history: History; refused: TandemError[] } {
  const history = new History();
  const refused: TandemError[] = [];
  for (const move of all) {
    try {
      makeMove(history, move);
    } catch (error) {
      if (!isTandemError(error)) throw error;
      refused.push(error);
    }
  }
  return { history, refused };
}

type Making = (history: History, a: number, b: number) => void;

const kinds = Object.keys(operationKinds) as OperationKind[];
const waits: readonly OperationKind[] = ['command.run', 'signal.wait', 'sleep', 'agent.call'];
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const names = ['go', 'stop'];

/** An open operation most of the time, any number otherwise. */
const operationOf = ({ open, lastOperation }: RunState, a: number): number =>
  Number(pick(Object.keys(open).concat(String(a % (lastOperation + 2))), a));

const value = (b: number) => ({ ok: true, value: { inline: b } }) as const;

const makings: readonly Making[] = [
  (run) => run.carried(),
  (run, a) => run.add('run.carried', { generation: a }),
  (run) => run.add('run.paused', {}, 'user:ann'),
  (run) => run.add('run.resumed', {}, 'user:ann'),
  (run, a) => a === 0 && run.add('run.cancel-requested', { reason: 'enough' }, 'user:bob'),
  (run, a, b) => run.add('signal.received', { name: pick(names, a), payload: b }, 'user:ann'),
  (run, a, b) => run.add('operation.requested', { operation: a, ...requestOf(pick(kinds, b)) }, 'run'),
  (run, a, b) =>
    run.ask(pick(waits, a), { name: pick(names, b) }, b > 3 ? time(run.now + b * 1_000) : undefined),
  (run, a) => run.askApproval(1_000 + a * 1_000),
  (run, a) => run.claim(operationOf(run.state, a)),
  (run, a, b) => run.complete(operationOf(run.state, a), b),
  (run) => run.record('file.read', 'text'),
  (run, a) => run.record(pick(kinds, a), a),
  (run, a, b) => consume(run, a, b),
  (run, a) => run.add('operation.interrupted', { operation: operationOf(run.state, a), reason: 'died' }),
  (run, a, b) =>
    run.add('operation.late', { operation: operationOf(run.state, a), outcome: value(b) }, 'worker'),
  (run, a, b) => run.decideApproval(operationOf(run.state, a), pick(['approved', 'denied', 'expired'], b)),
  (run, a) => {
    run.now += a * 1_000;
  },
  (run, a, b) => a === 0 && end(run, b),
];

function makeMove(history: History, [kind, a, b]: Move): void {
  pick(makings, kind)(history, a, b);
}

/** Completes an operation with a signal, declares an artefact and moves the tree, by turns. */
function consume(run: History, a: number, b: number): void {
  const operation = operationOf(run.state, a);
  const signal = pick(run.state.signals, a)?.seq ?? b;
  const more = pick<Partial<EventPayloads['operation.completed']>>(
    [
      { signal },
      { tree: 'b'.repeat(64) },
      { artifact: { name: 'a', path: 'a', mediaType: 'text/plain', blob: 'c'.repeat(64), size: 1 } },
    ],
    b,
  );
  run.add('operation.completed', { operation, outcome: value(b), ...more });
}

function end(run: History, b: number): void {
  const ends: { [T in EventType]?: EventPayloads[T] } = {
    'run.succeeded': { output: { inline: b } },
    'run.failed': { error: { code: 'program.failed', message: 'no' } },
    'run.cancelled': { reason: 'enough' },
  };
  const [type, payload] = pick(Object.entries(ends), b) as [EventType, EventDraft['payload']];
  run.add(type, payload as never, 'run');
}
