import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../shared/domain/json.ts';
import { JsonData } from '../data-flow/json-data.ts';
import type { HistoryEvent } from './events.ts';
import { packEvents, Texts, unpackEvents, unpackText } from './pack.ts';
import type { NotedEvent } from './recorder.ts';

const told = (noted: readonly NotedEvent[]): unknown =>
  noted.map(({ event, previous }) => [
    previous,
    ...event.map((part) => (part instanceof JsonData ? part.text : part)),
  ]);

/** Events on one line. */
const inLine = (events: readonly HistoryEvent[]): NotedEvent[] =>
  events.map((event, index) => ({ event, previous: index <= 1 ? 0 : index }));

test('events are unpacked as they were packed, whatever is in them', () => {
  const json = fc.jsonValue().map((value) => JsonData.of(value as Json));
  const property = fc.property(
    json,
    json,
    fc.string(),
    fc.option(fc.string()),
    (input, made, name, cause) => {
      const events: HistoryEvent[] = [
        ['ExecutionStarted'],
        ['StateEntered', 'Task', name, input],
        ['LambdaInvokeScheduled', 'lambda:invoke', name, made, undefined, 5],
        ['TaskFailed', 'lambda:invoke', undefined, cause ?? undefined],
        ['StateExited', 'Task', name, made],
        ['ExecutionSucceeded', made],
      ];
      const texts = new Texts(input);
      const noted = [...inLine(events), { event: ['MapStateSucceeded'] as const, previous: 3 }];
      const packed = packEvents(noted, 1, texts) + texts.joined();
      assert.deepEqual(told(unpackEvents(packed, 1, input)), told(noted));
      assert.equal(unpackText(packed, texts.find(made) ?? 0), made.text);
    },
  );
  fc.assert(property, { verbose: true });
});

test('a text that several events share is kept once, and the input of the execution not at all', () => {
  const input = JsonData.parse('{"in": 1}');
  const made = JsonData.parse('{"out": 2}');
  const texts = new Texts(input);
  const events: HistoryEvent[] = [
    ['StateEntered', 'Pass', 'A', input],
    ['StateExited', 'Pass', 'A', made],
    ['StateEntered', 'Pass', 'B', made],
  ];
  const packed = packEvents(inLine(events), 1, texts) + texts.joined();
  assert.equal(packed.split('out').length, 2);
  assert.ok(!packed.includes('in"'));
});
