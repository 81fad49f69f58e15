import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Json } from '../../shared/domain/json.ts';
import type {
  ProgramAnswer,
  ProgramHost,
  ProgramRequest,
  ProgramTurn,
} from '../../shared/ports/program-host.ts';
import {
  answersOf,
  answerTo,
  backwards,
  bundleOf,
  type Driving,
  drive,
  inOrder,
  resultOf,
  runOf,
} from './program-host.drive.ts';

export interface HostUnderTest {
  readonly host: ProgramHost;
  readonly close: () => Promise<void>;
}

/** Makes a host that has these programs: bundles by version, which is the program's name. */
export type MakeHost = (bundles: ReadonlyMap<string, string>) => Promise<HostUnderTest>;

const programs = [
  'journey',
  'together',
  'finishing',
  'failing',
  'catching',
  'globals',
  'traces',
  'timers',
  'many',
];

/** What every `ProgramHost` promises. Only one that remembers runs can promise that long ones stay cheap. */
export function programHostContract(
  name: string,
  make: MakeHost,
  { remembers = true, longRun = 20_000 } = {},
): void {
  describe(`program host: ${name}`, () => {
    let under: HostUnderTest;
    before(async () => {
      const bundles = programs.map(async (program) => [program, await bundleOf(program)] as const);
      under = await make(new Map(await Promise.all(bundles)));
    });
    after(() => under.close());
    const host = () => under.host.forTenant('acme');

    test('carries a program through every operation', async () => {
      const { end, log } = await drive(host(), { run: runOf('journey', { name: 'Ada' }), answer: inOrder });
      assert.equal(end.kind, 'finished');
      assert.equal(log.length, 15);
      const output = outputOf(end);
      assert.equal(output['started'], Date.UTC(2026, 0, 1));
      assert.equal(output['text'], 'content of a.txt');
      assert.equal(output['decision'], 'approved');
      assert.deepEqual(output['payload'], { go: true });
      assert.equal(output['output'], 'child');
    });

    const orders: [string, string, Driving['answer']][] = [
      ['one after the other', 'journey', inOrder],
      ['together, answered in order', 'together', inOrder],
      ['together, answered backwards', 'together', backwards],
      ['by timers', 'timers', inOrder],
    ];
    for (const [what, program, answer] of orders) {
      test(`forgetting the run before every question changes nothing: ${what}`, async () => {
        const run = runOf(program, { name: 'Ada' });
        const kept = await drive(host(), { run, answer });
        host().release(run.run);
        const forgotten = await drive(host(), { run, answer, forget: true });
        assert.deepEqual(forgotten, kept);
        assert.equal(kept.end.kind, 'finished');
      });
    }

    test('the order of answers decides a race, not the order of requests', async () => {
      const forwards = await drive(host(), { run: runOf('together'), answer: inOrder });
      const back = await drive(host(), { run: runOf('together'), answer: backwards });
      assert.equal(outputOf(forwards.end)['first'], 'content of a');
      assert.equal(outputOf(back.end)['first'], 'content of c');
    });

    test('everything random and every date is the same in every execution', async () => {
      const run = runOf('journey', { name: 'Ada' });
      const first = await drive(host(), { run, answer: inOrder });
      host().release(run.run);
      const second = await drive(host(), { run, answer: inOrder });
      assert.deepEqual(second.end, first.end);
      const { seeded, dates, written } = outputOf(first.end);
      assert.equal(written, Date.UTC(2026, 0, 1, 0, 2), 'the time is that of the latest answer');
      assert.deepEqual((dates as Json[]).slice(0, 2), ['2026-01-01T00:15:00.000Z', 0]);
      assert.equal((dates as Json[])[2], '1/1/2026');
      const other = await drive(host(), {
        run: { ...runOf('journey', { name: 'Ada' }), seed: 'f'.repeat(64) },
        answer: inOrder,
      });
      assert.notDeepEqual(outputOf(other.end)['seeded'], seeded);
    });

    test('a question without news is answered as before', async () => {
      const run = runOf('together');
      const first = await host().next(run, answersOf([]));
      assert.deepEqual(await host().next(run, answersOf([])), first);
    });

    test('a question that knows less than the host is answered as if asked then', async () => {
      const run = runOf('together');
      const { log, turns } = await drive(host(), { run, answer: inOrder });
      assert.deepEqual(await host().next(run, answersOf(log.slice(0, 2))), turns[2]);
      assert.deepEqual(await host().next(run, answersOf(log)), turns.at(-1));
    });

    test('a changed request is a divergence that names both', async () => {
      const run = runOf('many', { count: 3 });
      const { log } = await drive(host(), { run, answer: inOrder });
      const changed = log.map((answer) =>
        answer.operation === 2 ? { ...answer, hash: 'f'.repeat(64) } : answer,
      );
      host().release(run.run);
      const details = failureOf(await host().next(run, answersOf(changed)), 'program.diverged').details;
      const requested = { kind: 'file.write', hash: log[1]?.hash };
      assert.deepEqual(details, { operation: 2, recorded: { hash: 'f'.repeat(64) }, requested });
    });

    test('an answer to what was never asked is a divergence', async () => {
      const run = runOf('many', { count: 3 });
      const turn = await host().next(run, answersOf([{ ...answerTo(aRequest, 1, null), operation: 2 }]));
      assert.match(failureOf(turn, 'program.diverged').message, /operation 2.*only asked for 1 operation/);
    });

    test('ending early is a divergence', async () => {
      const { log } = await drive(host(), { run: runOf('many', { count: 3 }), answer: inOrder });
      const turn = await host().next(runOf('many', { count: 2 }), answersOf(log));
      assert.match(failureOf(turn, 'program.diverged').message, /ended after 2 operations.*operation 3/);
    });

    test('failing early is a divergence', async () => {
      const { log } = await drive(host(), { run: runOf('many', { count: 3 }), answer: inOrder });
      const turn = await host().next(runOf('failing', { how: 'at once' }), answersOf(log));
      failureOf(turn, 'program.diverged');
    });

    test('a run diverges also when the host still has it in memory', async () => {
      const run = runOf('many', { count: 3 });
      const first = await host().next(run, answersOf([]));
      const [request] = first.kind === 'requests' ? first.requests : [];
      const wrong = { ...answerTo(request as ProgramRequest, 1, null), hash: '0'.repeat(64) };
      failureOf(await host().next(run, answersOf([wrong])), 'program.diverged');
    });

    test('finish ends the run from within a race, with what is still open', async () => {
      const run = runOf('finishing');
      const { end, log } = await drive(host(), { run, answer: inOrder });
      assert.deepEqual(end.kind === 'finished' && end.output, { winner: 'content of a' });
      assert.deepEqual(end.kind === 'finished' && end.requests.map(({ operation }) => operation), [2]);
      host().release(run.run);
      assert.deepEqual(await host().next(run, answersOf(log)), end);
    });

    test('what nobody waited for may be answered before the end is recorded', async () => {
      const run = runOf('finishing');
      const { end, log } = await drive(host(), { run, answer: inOrder });
      const [open] = end.kind === 'finished' ? end.requests : [];
      const late = answersOf([...log, answerTo(open as ProgramRequest, 9, null)]);
      for (const remembers of [true, false]) {
        if (!remembers) host().release(run.run);
        const { kind, ...rest } = await host().next(run, late);
        assert.equal(kind, 'finished');
        assert.deepEqual('output' in rest && rest.output, { winner: 'content of a' });
      }
    });

    test('an operation that fails can be caught', async () => {
      const error = {
        code: 'file.not-found',
        message: 'There is no file missing.',
        details: { path: 'missing' },
      };
      const { end } = await drive(host(), {
        run: runOf('catching'),
        answer: ([first]) => [first as ProgramRequest, error],
      });
      assert.deepEqual(end.kind === 'finished' && end.output, {
        ...error,
        operation: 1,
        kind: 'file.read',
        message: 'file.read: There is no file missing.',
      });
    });

    const failures: [string, RegExp][] = [
      ['at once', /^no/],
      ['throws', /^RangeError: out of range/],
      ['value', /^threw \{"reason":"no error"\}/],
      ['timer', /^late/],
      ['output', /BigInt/],
      ['uncaught', /^OperationError: file\.read: gone/],
    ];
    for (const [how, message] of failures) {
      test(`a program that fails fails the run: ${how}`, async () => {
        const { end } = await drive(host(), {
          run: runOf('failing', { how }),
          answer: (open) => {
            const request = open.find(({ kind }) => kind === 'sleep') ?? (open[0] as ProgramRequest);
            const { path } = request.arguments as { path?: string };
            return [
              request,
              path === 'missing' ? { code: 'file.not-found', message: 'gone' } : resultOf(request),
            ];
          },
        });
        assert.match(failureOf(end, 'program.failed').message, message);
      });
    }

    test('absent globals are absent, and dates are in UTC', async () => {
      const { end } = await drive(host(), { run: runOf('globals'), answer: inOrder });
      const { present, imported, zone } = outputOf(end);
      assert.deepEqual({ present, imported, zone }, { present: [], imported: 'refused', zone: 0 });
    });

    test('a run finds no traces of another', async () => {
      for (let runs = 0; runs < 3; runs += 1) {
        const run = runOf('traces');
        const { end } = await drive(host(), { run, answer: inOrder });
        assert.deepEqual(end.kind === 'finished' && end.output, { executions: 1, patched: 1 });
        host().release(run.run);
      }
    });

    test('timers and console are operations', async () => {
      const { end, log } = await drive(host(), { run: runOf('timers'), answer: inOrder });
      assert.deepEqual(end.kind === 'finished' && end.output, ['tick 1', 'tick 2']);
      assert.equal(log.length, 6);
    });

    test('tenants do not see each other: the same run id is another run', async () => {
      const run = runOf('many', { count: 2 });
      await host().next(run, answersOf([]));
      under.host.forTenant('other').release(run.run);
      const turn = await under.host.forTenant('other').next({ ...run, input: { count: 0 } }, answersOf([]));
      assert.deepEqual(turn, { kind: 'finished', output: 0, requests: [] });
    });

    if (!remembers) return;

    test('a long run costs no more at its end', async () => {
      const run = runOf('many', { count: longRun });
      const log: ProgramAnswer[] = [];
      const times: number[] = [];
      for (;;) {
        const begun = performance.now();
        const turn = await host().next(run, answersOf(log));
        times.push(performance.now() - begun);
        if (turn.kind !== 'requests') break;
        const [request] = turn.requests as [ProgramRequest];
        log.push(answerTo(request, 1, resultOf(request)));
      }
      assert.equal(log.length, longRun);
      const early = median(times.slice(50, 250));
      const late = median(times.slice(-200));
      // If a question cost what the run is long, it would be many times as much; a busy machine only doubles it.
      assert.ok(late <= 10 * early, `the last questions took ${late} ms, the first ones ${early} ms`);
    });
  });
}

const aRequest: ProgramRequest = { operation: 1, kind: 'log', arguments: {}, hash: '0'.repeat(64) };

function outputOf(turn: ProgramTurn): Readonly<Record<string, Json>> {
  assert.equal(turn.kind, 'finished', JSON.stringify(turn));
  return turn.kind === 'finished' ? (turn.output as Record<string, Json>) : {};
}

function failureOf(turn: ProgramTurn, code: string) {
  assert.equal(turn.kind, 'failed', JSON.stringify(turn));
  if (turn.kind !== 'failed') throw new Error('unreachable');
  assert.equal(turn.error.code, code, turn.error.message);
  return turn.error;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
