import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgramAnswer } from '../../shared/ports/program-host.ts';
import type { HostMessage } from '../../shared/protocol/program.ts';
import { answersOf, runOf } from '../../test/contract/program-host.drive.ts';
import type { ProgramChild } from './program-child.ts';
import { WarmChild } from './warm-child.ts';

const log = Array.from(
  { length: 1_200 },
  (_, at): ProgramAnswer => ({ operation: at + 1, hash: '', at: '', outcome: { ok: true, value: null } }),
);

/** A child that is always at rest, and notes what it is told. */
function openWarmChild(onAsked: (message: HostMessage) => void = () => {}) {
  const told: string[] = [];
  const note = (message: HostMessage) =>
    told.push('answers' in message ? `${message.type} ${message.answers.length}` : message.type);
  const child = {
    tell: note,
    async ask(message: HostMessage & { run: string }) {
      note(message);
      onAsked(message);
      return { type: 'idle', run: message.run, requests: [] };
    },
  } as unknown as ProgramChild;
  return { warm: new WarmChild(child, 2), told };
}

test('a long record is sent in portions, and is remembered as a whole', async () => {
  const { warm, told } = openWarmChild();
  const run = runOf('many');
  assert.deepEqual(await warm.next(run, answersOf(log)), { kind: 'requests', requests: [] });
  await warm.next(run, answersOf(log));
  assert.deepEqual(told, ['begin 500', 'answer 500', 'answer 200']);
});

test('a run that is released between two portions is forgotten after the last', async () => {
  const run = runOf('many');
  const { warm, told } = openWarmChild(() => warm.release(run.run));
  await warm.next(run, answersOf(log));
  assert.deepEqual(told, ['begin 500', 'answer 500', 'answer 200', 'forget']);
});

test('a run whose question could not be put is begun again', async () => {
  let faults = 1;
  const { warm, told } = openWarmChild(() => {
    faults -= 1;
    if (faults >= 0) throw new TypeError('no words');
  });
  const run = runOf('many');
  await assert.rejects(warm.next(run, answersOf(log.slice(0, 1))), TypeError);
  await warm.next(run, answersOf(log.slice(0, 1)));
  assert.deepEqual(told, ['begin 1', 'forget', 'begin 1']);
});
