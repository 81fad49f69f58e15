import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { samples } from '../testing/definition-samples.ts';
import { asObject, hostile, hostileName as name } from '../testing/hostile-json.ts';
import { diagnose } from './diagnose.ts';
import { compileMachine } from './machine.ts';
import { DefinitionError } from './problems.ts';

/** Milliseconds that any definition of these may take; most take less than one. */
const longest = 2_000;

/** Tells its seed, so that a failure elsewhere can be had here. */
function run(name: string, numRuns: number, property: fc.IProperty<[Json]>): void {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  test(name, (context) => {
    context.diagnostic(`seed ${seed}, ${numRuns} cases; FUZZ_SEED=${seed} repeats them`);
    fc.assert(property, { seed, numRuns });
  });
}

/** A definition is run or refused with a typed problem, in bounded time: nothing else comes of it. */
function holds(definition: Json): void {
  const text = JSON.stringify(definition);
  const began = performance.now();
  const errors = diagnose(text, 'EXPRESS').filter(({ severity }) => severity === 'ERROR');
  for (const { code, message, location = '/' } of errors) {
    assert.match(code, /^[A-Z_]+$/);
    assert.ok(message.length > 0 && location.startsWith('/'));
  }
  let refused = false;
  try {
    const machine = compileMachine(text, { type: 'EXPRESS' });
    assert.ok(machine.states.has(machine.startAt));
  } catch (error) {
    assert.ok(error instanceof DefinitionError, String(error));
    refused = true;
  }
  assert.equal(refused, errors.length > 0);
  assert.ok(performance.now() - began < longest, 'It took too long.');
}

interface Change {
  /** Where to descend to: a number for each level, taken modulo what is there. */
  readonly way: readonly number[];
  readonly kind: 'replace' | 'remove' | 'rename' | 'repeat' | 'wrap';
  readonly name: string;
  readonly value: Json;
}

const change: fc.Arbitrary<Change> = fc.record({
  way: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom('replace', 'remove', 'rename', 'repeat', 'wrap'),
  name,
  value: hostile,
});

function changed(value: Json, { way: [step = 0, ...way], ...what }: Change): Json {
  const entries = entriesOf(value);
  if (entries.length === 0) return what.value;
  const at = step % entries.length;
  const [key, item] = entries[at] as Entry;
  const next: Entry[] = way.length > 0 ? [[key, changed(item, { way, ...what })]] : replaced(key, item, what);
  const all = entries.toSpliced(at, 1, ...next);
  return Array.isArray(value) ? all.map(([, entry]) => entry) : asObject(all);
}

type Entry = readonly [string, Json];

function entriesOf(value: Json): Entry[] {
  return Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
}

function replaced(key: string, item: Json, { kind, name: other, value }: Omit<Change, 'way'>): Entry[] {
  switch (kind) {
    case 'replace':
      return [[key, value]];
    case 'remove':
      return [];
    case 'rename':
      return [[other, item]];
    case 'repeat':
      return [
        [key, item],
        [other, item],
      ];
    case 'wrap':
      return [[key, { [other]: item }]];
  }
}

const mutated = fc
  .tuple(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([sample, changes]) => changes.reduce(changed, sample as Json));

test('the samples are what they are taken for: definitions that can be run', () => {
  for (const sample of samples) assert.deepEqual(diagnose(JSON.stringify(sample), 'STANDARD'), []);
});

run('definitions that somebody has broken are run or refused', 4_000, fc.property(mutated, holds));

run('so is any JSON', 2_000, fc.property(hostile, holds));

run(
  'so is any JSON in place of the states',
  2_000,
  fc.property(
    hostile.map((States): Json => ({ StartAt: 'A', States })),
    holds,
  ),
);

run(
  'so is any JSON in place of a state, with each of its types',
  4_000,
  fc.property(
    fc
      .tuple(
        hostile,
        fc.constantFrom('Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'),
        fc.boolean(),
      )
      .map(([value, Type, jsonata]): Json => {
        const state = { ...(isObject(value) ? value : { Value: value }), Type, End: true };
        return { StartAt: 'A', States: { A: state }, QueryLanguage: jsonata ? 'JSONata' : 'JSONPath' };
      }),
    holds,
  ),
);

test('texts that are no JSON, or are nested without end, are refused in time', () => {
  const long = 1_000_000;
  for (const text of [
    '['.repeat(long),
    '{"a":'.repeat(long / 5),
    `{"StartAt":"A","States":${'{"A":'.repeat(100_000)}`,
    `"${'['.repeat(long)}"`,
    `{"a":"${'\\"'.repeat(long / 2)}"}`,
    '\u0000',
    '"',
    '\\',
    `${' '.repeat(long)}x`,
    `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":${'{"a":'.repeat(990)}1${'}'.repeat(990)}}}}`,
    `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Result":[${'1,'.repeat(long / 2 - 100)}1]}}}`,
  ]) {
    const began = performance.now();
    assert.ok(Array.isArray(diagnose(text, 'STANDARD')));
    assert.ok(performance.now() - began < longest, text.slice(0, 30));
  }
});
