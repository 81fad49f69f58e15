import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  answersOf,
  answerTo,
  bundleOf,
  drive,
  inOrder,
  resultOf,
  runOf,
} from '../../../test/contract/program-host.drive.ts';
import { type LambdaHost, openLambdaHost } from '../../../test/contract/program-host-lambda.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { ProgramAnswer, ProgramRequest, ProgramTurn } from '../../ports/program-host.ts';
import { longestReply, type ProgramQuestion, programReply } from '../../protocol/program-function.ts';
import { LambdaProgramHost } from './program-host.ts';

let under: LambdaHost;
before(async () => {
  under = await openLambdaHost(
    new Map([
      ['many', await bundleOf('many')],
      ['echoing', await bundleOf('echoing')],
    ]),
  );
});
after(() => under.close());

const questionsSince = (mark: number) =>
  under.lambda.asked.slice(mark).map((text) => JSON.parse(text) as ProgramQuestion);

/** How many answers a question brought along. */
const brought = ({ answers }: ProgramQuestion) => ('url' in answers ? 'elsewhere' : answers.length);

function open(turn: ProgramTurn): ProgramRequest {
  const [request] = turn.kind === 'requests' ? turn.requests : [];
  assert.ok(request);
  return request;
}

test('only new answers are sent; when its environment is gone, the function asks for all of them', async () => {
  const host = under.another().forTenant('acme');
  const run = runOf('many', { count: 5 });
  const log: ProgramAnswer[] = [];
  const ask = async () => {
    const request = open(await host.next(run, answersOf(log)));
    log.push(answerTo(request, log.length + 1, resultOf(request)));
  };
  const mark = under.lambda.asked.length;
  await ask();
  await ask();
  await ask();
  assert.deepEqual(questionsSince(mark).map(brought), [0, 1, 1]);
  await under.lambda.drop('acme');
  await ask();
  assert.deepEqual(questionsSince(mark).map(brought), [0, 1, 1, 1, 3]);
  assert.deepEqual(new Set(under.lambda.tenants.slice(mark)), new Set(['acme']));
});

test('a process that knows nothing of a long run asks before it sends the record', async () => {
  const run = runOf('many', { count: 150 });
  const { log } = await drive(under.host.forTenant('acme'), { run, answer: inOrder });
  const known = log.slice(0, 149);
  const replayed = await under.another().forTenant('acme').next(run, answersOf(known));
  under.host.forTenant('acme').release(run.run);
  const mark = under.lambda.asked.length;
  assert.deepEqual(await under.another().forTenant('acme').next(run, answersOf(known)), replayed);
  assert.deepEqual(questionsSince(mark).map(brought), [0]);
  await under.lambda.drop('acme');
  assert.deepEqual(await under.another().forTenant('acme').next(run, answersOf(known)), replayed);
  assert.deepEqual(questionsSince(mark).map(brought), [0, 0, 149]);
});

test('what is too long for a message goes by way of what is passing, and nothing of it is among the blobs', async () => {
  const ballast = 'b'.repeat(300_000);
  const run = runOf('echoing', { count: 2, ballast });
  const host = under.another().forTenant('long');
  const content = 'c'.repeat(4_500_000);
  const log: ProgramAnswer[] = [];
  const mark = under.lambda.asked.length;
  for (const path of ['0.txt', '1.txt']) {
    const request = open(await host.next(run, answersOf(log)));
    const value = { path, content, encoding: 'utf-8', size: content.length };
    log.push(answerTo(request, log.length + 1, value));
  }
  const write = open(await host.next(run, answersOf(log)));
  assert.deepEqual(write.arguments, { path: 'all.txt', content: content + content });
  const questions = questionsSince(mark);
  assert.deepEqual(questions.map(brought), [0, 'elsewhere', 'elsewhere', 'elsewhere']);
  assert.ok(questions.every(({ input }) => 'url' in input));
  for (const { answers, keep } of questions) {
    const digests = [...('url' in answers ? [answers.digest] : []), ...(keep ? [keep.digest] : [])];
    for (const digest of digests) {
      assert.equal(await under.blobs.forTenant('long').size(digest), undefined);
      assert.ok(await under.passing.forTenant('long').size(digest));
    }
  }
});

/** A host whose function answers as it is told. */
function hostOn(send: () => Promise<object>): LambdaProgramHost {
  return new LambdaProgramHost({
    client: { send } as unknown as ConstructorParameters<typeof LambdaProgramHost>[0]['client'],
    functionName: 'program',
    tenancy: false,
    agents: { forTenant: () => ({ get: async () => ({ bundle: 'a'.repeat(64) }) }) } as never,
    blobs: under.blobs,
    passing: under.passing,
  });
}

test('a function that does not answer is unavailable, which may pass', async () => {
  const broken = [
    async () => ({ FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"out of memory"}') }),
    async () => {
      throw new Error('Rate exceeded');
    },
  ];
  for (const send of broken) {
    const host = hostOn(send);
    await assert.rejects(
      host.forTenant('acme').next(runOf('many'), answersOf([])),
      (error) => isTandemError(error, 'space.unavailable') && error.retryable,
    );
  }
});

test('a turn is taken as the answer to its own question alone, and what it is said to lie in is left as it is', async () => {
  const turn = {
    kind: 'turn',
    nonce: 'of another question',
    turn: { kind: 'finished', output: 1, requests: [] },
  };
  const bytes = Buffer.from(JSON.stringify(turn));
  const { blob } = await under.passing.forTenant('acme').put(bytes);
  const long = { kind: 'long', digest: blob, size: bytes.byteLength };
  for (const replies of [[turn], [long, { kind: 'kept' }]]) {
    const send = async () => ({ Payload: Buffer.from(JSON.stringify(replies.shift())) });
    const host = hostOn(send);
    await assert.rejects(
      host.forTenant('acme').next(runOf('many'), answersOf([])),
      (error) => isTandemError(error, 'space.unavailable') && /another question/.test(error.message),
    );
  }
  assert.ok(await under.passing.forTenant('acme').size(blob));
});

test('a reply that is said to be longer than any program may have it is refused, and no address made for it', async () => {
  const said = (size: number) => ({ kind: 'long', digest: 'a'.repeat(64), size });
  assert.ok(programReply().safeParse(said(longestReply)).success);
  let asked = 0;
  const send = async () => {
    asked++;
    return { Payload: Buffer.from(JSON.stringify(said(longestReply + 1))) };
  };
  const host = new LambdaProgramHost({
    client: { send } as unknown as ConstructorParameters<typeof LambdaProgramHost>[0]['client'],
    functionName: 'program',
    tenancy: false,
    agents: { forTenant: () => ({ get: async () => ({ bundle: 'a'.repeat(64) }) }) } as never,
    blobs: under.blobs,
    passing: under.passing,
  });
  await assert.rejects(host.forTenant('acme').next(runOf('many'), answersOf([])), (error) =>
    isTandemError(error, 'space.unavailable'),
  );
  assert.equal(asked, 1);
});
