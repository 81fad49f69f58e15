import {
  CreateStateMachineCommand,
  type SFNClient,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { unknown } from './compare-execution.ts';
import { difference } from './difference.ts';
import { withServer } from './session.ts';
import type { ValidationVector } from './vector.ts';
import { type Check, type Verdict, verdictOf } from './verdict.ts';

const roleArn = 'arn:aws:iam::111111111111:role/validation';
const valid = JSON.stringify({ StartAt: 'State', States: { State: { Type: 'Pass', End: true } } });

export async function runValidation(vector: ValidationVector, exact: boolean): Promise<Verdict> {
  const told = await withServer(undefined, ({ client }) => ask(client, vector));
  return verdictOf(vector, compareValidation(vector, told, exact));
}

/** `diagnostics.code` compares that field of every diagnostic, in their order; with `exact` their messages as well. */
export function compareValidation(
  { expected, compare }: ValidationVector,
  told: JsonObject,
  exact: boolean,
): Check[] {
  const messages = exact
    ? ['diagnostics.message', ...(expected['error'] === undefined ? [] : ['message'])]
    : [];
  return [...compare, ...messages].map((field) => {
    const path = `$.${field}`;
    if (field.startsWith('diagnostics.')) {
      const part = field.slice('diagnostics.'.length);
      return { field, difference: difference(parts(expected, part), parts(told, part), { path }) };
    }
    const isKnown = ['result', 'error', 'message'].includes(field);
    return {
      field,
      difference: isKnown ? difference(expected[field], told[field], { path }) : unknown(field)(),
    };
  });
}

function parts(value: JsonObject, part: string): Json {
  const diagnostics = (value['diagnostics'] ?? []) as readonly JsonObject[];
  return diagnostics.map((diagnostic) => diagnostic[part] ?? null);
}

async function ask(client: SFNClient, vector: ValidationVector): Promise<JsonObject> {
  const definition = vector.definitionRaw ?? JSON.stringify(vector.definition);
  if (vector.api === 'ValidateStateMachineDefinition') {
    const asked = new ValidateStateMachineDefinitionCommand({ definition, type: typeOf(vector) });
    const { result = '', diagnostics = [] } = await client.send(asked);
    return { result, diagnostics: diagnostics as unknown as Json };
  }
  const make = vector.api === 'CreateStateMachine' ? create : update;
  try {
    await make(client, vector, definition);
    return { result: 'OK', diagnostics: [] };
  } catch (refusal) {
    const { name: error, message } = refusal as Error;
    return { result: 'FAIL', error, message, diagnostics: diagnosticsOf(message) };
  }
}

const typeOf = ({ stateMachineType = 'STANDARD' }: ValidationVector) => stateMachineType;

async function create(
  client: SFNClient,
  vector: ValidationVector,
  definition: string,
): Promise<string | undefined> {
  const asked = new CreateStateMachineCommand({ name: 'machine', roleArn, type: typeOf(vector), definition });
  return (await client.send(asked)).stateMachineArn;
}

async function update(client: SFNClient, vector: ValidationVector, definition: string): Promise<void> {
  const stateMachineArn = await create(client, vector, valid);
  await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
}

/** Those that the message of a refusal holds: `CODE: text at /place`, with commas between. */
export function diagnosticsOf(message: string): readonly JsonObject[] {
  const [, told = ''] = /^Invalid State Machine Definition: '(.*)'$/s.exec(message) ?? [];
  const each = /([A-Z_]+): (.*?)(?: at (\/\S*?))?(?=, [A-Z_]+: |$)/gs;
  return [...told.matchAll(each)].map(([, code = '', text = '', location]) => ({
    code,
    message: text,
    ...(location === undefined ? {} : { location }),
  }));
}
