import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { ReadStream } from 'node:tty';
import { unreachable } from '../../sdk/api-error.ts';
import { Ask } from './ask.ts';

/** A terminal that is typed at by a test. */
class Keyboard extends EventEmitter {
  raw = false;

  setRawMode(raw: boolean): void {
    this.raw = raw;
  }

  resume(): void {}

  pause(): void {}

  type(keys: string): void {
    this.emit('data', Buffer.from(keys));
  }
}

const open = (approval: string) => ({ approval, operation: 1, what: `Do ${approval}` });

function asking(fail?: Error) {
  const keyboard = new Keyboard();
  const decided: string[] = [];
  const problems: unknown[] = [];
  const interrupted: true[] = [];
  const ask = new Ask({
    terminal: keyboard as unknown as ReadStream,
    decide: async (approval, answer) => {
      decided.push(`${answer} ${approval}`);
      if (fail) throw fail;
    },
    onInterrupt: () => interrupted.push(true),
    onProblem: (error) => problems.push(error),
  });
  return { keyboard, decided, problems, interrupted, ask };
}

test('one key answers; each approval is asked about in turn', async () => {
  const { keyboard, decided, ask } = asking();
  await ask.consider([open('a'), open('b')]);
  assert.equal(keyboard.raw, true);
  assert.match(ask.question(77) ?? '', /Do a/);
  keyboard.type('x\ry');
  assert.match(ask.question(77) ?? '', /Do b/);
  keyboard.type('N');
  assert.deepEqual(decided, ['approve a', 'deny b']);
  assert.deepEqual([ask.question(77), keyboard.raw], [undefined, false]);
});

test('the question goes away when somebody else has decided', async () => {
  const { keyboard, decided, ask } = asking();
  await ask.consider([open('a')]);
  await ask.consider([]);
  keyboard.type('y');
  assert.deepEqual([decided, keyboard.raw], [[], false]);
});

test('an answer that did not arrive is asked for again', async () => {
  const { keyboard, problems, ask } = asking(unreachable('gone'));
  await ask.consider([open('a')]);
  keyboard.type('y');
  await new Promise(setImmediate);
  assert.equal(problems.length, 1);
  assert.match(ask.question(77) ?? '', /Do a/);
  assert.equal(keyboard.raw, true);
});

test('Ctrl-C is passed on, and the terminal is left as it was', async () => {
  const { keyboard, interrupted, ask } = asking();
  await ask.consider([open('a')]);
  keyboard.type('\u0003');
  ask.close();
  assert.deepEqual([interrupted.length, keyboard.raw, keyboard.listenerCount('data')], [1, false, 0]);
});

test('a narrow screen shortens the subject, never the keys', async () => {
  const { ask } = asking();
  await ask.consider([open('everything that there is to be done here')]);
  assert.equal(ask.question(57), 'Approve “Do everything that there is to be don…”?  y / n ');
  assert.equal(ask.question(20), 'Approve?  y / n ');
  for (let width = 16; width < 90; width++) {
    const question = ask.question(width) ?? '';
    assert.ok(question.length <= width && question.endsWith('y / n '), question);
  }
});
