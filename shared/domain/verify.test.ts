import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type History, history } from '../../test/simulation/history.ts';
import { moves, play } from '../../test/simulation/random-history.ts';
import { sha256 } from './canonical.ts';
import type { Head, RunEvent } from './events.ts';
import { type Finding, headMessage, verify } from './verify.ts';

/** Stands for Ed25519: only who knows the secret makes a value that fits the message. */
const sign = (message: string) => ({ key: 'k1', value: sha256(`secret:${message}`) });
const verifySignature = (message: string, signature: NonNullable<Head['signature']>) =>
  isDeepStrictEqual(signature, sign(message));

function signed({ tenant, head, state }: History): Head {
  return state.end ? { ...head, signature: sign(headMessage(tenant, head)) } : head;
}

interface Stored {
  readonly events: readonly RunEvent[];
  readonly head: Head | undefined;
}

function findings({ tenant, run }: History, { events, head }: Stored): readonly Finding['kind'][] {
  return verify({ tenant, run, events, head, verifySignature }).findings.map(({ kind }) => kind);
}

function ended(): History {
  const run = history({ created: { input: { inline: { text: 'a "quoted" ünïcode \u2028 line' } } } });
  run.record('file.read', 'x');
  run.complete(run.ask('command.run', { command: 'ls' }), { exitCode: 0, list: [1, 2.5, -3] });
  run.add('run.succeeded', { output: { inline: { ok: true } } }, 'run');
  return run;
}

const stored = (run: History): Stored => ({ events: run.events, head: signed(run) });

test('a sound log has no findings, and verify returns its state', () => {
  const run = ended();
  const verdict = verify({ tenant: run.tenant, run: run.run, ...stored(run), verifySignature });
  assert.deepEqual(verdict, { events: run.events.length, findings: [], erased: [], state: run.state });
});

test('any log that was folded is sound', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const { history: run } = play(all);
      assert.deepEqual(findings(run, stored(run)), []);
    }),
  );
});

test('a flipped byte anywhere is found', () => {
  const run = ended();
  const whole = stored(run);
  const texts = [...whole.events, whole.head].map((part) => Buffer.from(JSON.stringify(part)));
  for (const [index, text] of texts.entries()) {
    for (let place = 0; place < text.length; place += 1) {
      for (const bit of [1, 2, 32]) {
        const flipped = parsed(flip(text, place, bit));
        if (flipped === undefined) continue;
        const parts = texts.map((part) => JSON.parse(part.toString()));
        if (isDeepStrictEqual(flipped, parts[index])) continue;
        parts[index] = flipped;
        const head = parts.pop() as Head;
        assert.notDeepEqual(findings(run, { events: parts, head }), [], `${index} ${place} ${bit}`);
      }
    }
  }
});

function flip(text: Buffer, place: number, bit: number): Buffer {
  const flipped = Buffer.from(text);
  flipped[place] = (flipped[place] ?? 0) ^ bit;
  return flipped;
}

/** `undefined` for what is no JSON any more: the store that reads it finds that. */
function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}

test('a missing event is found, wherever it was', () => {
  const run = ended();
  const { events, head } = stored(run);
  for (const [index] of events.entries()) {
    const rest = events.toSpliced(index, 1);
    const isLast = index === events.length - 1;
    assert.deepEqual(findings(run, { events: rest, head }), [isLast ? 'cut' : 'missing'], String(index));
  }
});

test('a cut tail is found, of a run that has not ended too', () => {
  const run = history();
  run.record('file.read');
  const { events, head } = stored(run);
  assert.deepEqual(findings(run, { events: events.slice(0, -1), head }), ['cut']);
  assert.deepEqual(findings(run, { events: [], head }), ['cut']);
  assert.deepEqual(findings(run, { events, head: undefined }), ['cut']);
});

test('events in another order are found', () => {
  const run = ended();
  const { events, head } = stored(run);
  const [first, second, ...rest] = events;
  assert.ok(first && second);
  assert.deepEqual(findings(run, { events: [second, first, ...rest], head }), ['missing']);
});

for (const other of [{ run: 'run_00000000000000000000000002' }, { tenant: 'other' }]) {
  test(`an event of another ${Object.keys(other)[0]} is found`, () => {
    const run = ended();
    const { events, head } = stored(run);
    const foreign = history(other).events[1];
    assert.ok(foreign);
    assert.deepEqual(findings(run, { events: events.with(1, foreign), head }), ['foreign']);
  });
}

test('an event put in with hashes that fit is found by the head', () => {
  const run = ended();
  const forged = history({ created: { agent: 'impostor' } });
  forged.record('file.read', 'x');
  const { events } = stored(forged);
  assert.deepEqual(findings(run, { events, head: signed(run) }), ['cut']);
  const same = ended();
  same.events.pop();
  assert.deepEqual(findings(run, { events: same.events, head: { ...forged.head } }), ['altered']);
});

test('a wrong signature is found, and one that is missing', () => {
  const run = ended();
  const { events, head } = stored(run);
  assert.ok(head);
  const { signature: _, ...unsigned } = head;
  const wrong = { ...head, signature: sign(headMessage('other', head)) };
  assert.deepEqual(findings(run, { events, head: unsigned }), ['signature']);
  assert.deepEqual(findings(run, { events, head: wrong }), ['signature']);
});

test('a log that is chained well but tells of something illegal is found', () => {
  const run = ended();
  const twin = ended();
  twin.state = { ...twin.state, end: undefined } as never;
  twin.add('run.paused', {});
  const head = { ...twin.head, signature: sign(headMessage(twin.tenant, twin.head)) };
  assert.deepEqual(findings(run, { events: twin.events, head }), ['illegal']);
});
