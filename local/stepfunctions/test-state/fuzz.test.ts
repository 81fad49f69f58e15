import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { defaultPlace } from '../arns.ts';
import { ServiceError } from '../service-error.ts';
import { samples } from '../testing/definition-samples.ts';
import { hostile } from '../testing/hostile-json.ts';
import { findState } from './find-state.ts';
import type { Laboratory } from './laboratory.ts';
import { testStateRequest } from './request.ts';
import { testState } from './test-state.ts';

const laboratory: Laboratory = {
  place: defaultPlace,
  moment: () => ({
    at: 0,
    entropy: { random: () => 0.5, uuid: () => '00000000-0000-4000-8000-000000000000', token: () => 'token' },
  }),
  makeCall: () => Promise.resolve({ kind: 'returned', payload: '{}', whole: true }),
};

const states = samples.flatMap((machine) =>
  ['Shape', 'Work', 'Choose', 'Pause', 'Both', 'Each', 'Item', 'Fail']
    .map((name) => [machine, name] as const)
    .filter(([, name]) => findState(machine, name) !== undefined),
);

const text = hostile.map((value) => JSON.stringify(value));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const objectText = fc
  .dictionary(fc.constantFrom('a', 'kept', 'State', 'Execution'), hostile)
  .map((value) => JSON.stringify(value));

const request = fc.record({
  state: fc.constantFrom(...states),
  input: maybe(text),
  variables: maybe(fc.oneof(objectText, text)),
  context: maybe(fc.oneof(objectText, text)),
  mock: maybe(
    fc.oneof(
      fc.record({
        result: fc.oneof(
          text,
          fc.constant('{'),
          fc.array(hostile, { maxLength: 3 }).map((list) => JSON.stringify(list)),
        ),
      }),
      fc.record({
        errorOutput: fc.record({ error: maybe(fc.constantFrom('States.TaskFailed', 'States.Runtime', 'x')) }),
      }),
    ),
  ),
  retrierRetryCount: maybe(fc.nat(4)),
  mapIterationFailureCount: maybe(fc.nat(4)),
});

/** Such as are not refused before the state runs. */
const plausible = fc
  .record({
    state: fc.constantFrom(...states),
    input: maybe(text),
    variables: maybe(
      fc.dictionary(fc.constantFrom('a', 'kept'), hostile).map((value) => JSON.stringify(value)),
    ),
    context: maybe(fc.constantFrom('{}', '{"State":{},"Execution":{"Input":[1]}}')),
    results: fc.array(hostile, { minLength: 2, maxLength: 2 }),
    error: maybe(fc.constantFrom('States.TaskFailed', 'States.Timeout', 'States.Runtime', 'x')),
    retrierRetryCount: maybe(fc.nat(4)),
  })
  .map(({ results, error, context, retrierRetryCount, ...asked }) => {
    const type = findState(...asked.state)?.['Type'];
    if (!['Task', 'Map', 'Parallel'].includes(String(type))) return asked;
    const result = JSON.stringify(type === 'Task' ? results[0] : results);
    const mock = error === undefined ? { result, fieldValidationMode: 'NONE' } : { errorOutput: { error } };
    return { ...asked, mock, context, retrierRetryCount };
  });

type Arbitrated<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
type Asked = Arbitrated<typeof request> | Arbitrated<typeof plausible>;

function fuzz(name: string, numRuns: number, asked: fc.Arbitrary<Asked>): void {
  test(name, async (context) => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    context.diagnostic(`seed ${seed}, ${numRuns} cases; FUZZ_SEED=${seed} repeats them`);
    const property = fc.asyncProperty(asked.map(wholeRequest), holds);
    await fc.assert(property, { seed, numRuns });
  });
}

function wholeRequest({ state: [machine, stateName], ...asked }: Asked): JsonObject {
  const { retrierRetryCount, mapIterationFailureCount, ...rest } = asked as Arbitrated<typeof request>;
  const whole = {
    ...rest,
    stateName,
    definition: JSON.stringify(machine),
    roleArn: 'arn:aws:iam::000000000000:role/test',
    inspectionLevel: 'TRACE',
    stateConfiguration: { retrierRetryCount, mapIterationFailureCount },
  };
  // Without what is undefined, as on the wire.
  return JSON.parse(JSON.stringify(whole)) as JsonObject;
}

const statuses = ['SUCCEEDED', 'FAILED', 'RETRIABLE', 'CAUGHT_ERROR'];

fuzz('whatever is asked of a state is answered, or refused as the service refuses', 500, request);
fuzz('whatever a state is given, it ends', 1_000, plausible);

async function holds(asked: Json): Promise<void> {
  try {
    const answer = await testState(testStateRequest.parse(asked), laboratory);
    assert.ok(statuses.includes(String(answer['status'])));
    JSON.stringify(answer);
  } catch (error) {
    assert.ok(error instanceof ServiceError, String((error as Error).stack));
  }
}
