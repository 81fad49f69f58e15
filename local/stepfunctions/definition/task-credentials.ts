import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Fields } from './fields.ts';

/** The role that a task is to be called with, or `undefined` for the state machine's own. Throws `StateFailure`. */
export type Credentials = (visit: Visit, input: Json) => string | undefined;

export function readCredentials(fields: Fields): Credentials {
  if (!fields.has('Credentials')) return () => undefined;
  const inner = fields.object('Credentials');
  const names = fields.language === 'JSONPath' ? ['RoleArn', 'RoleArn.$'] : ['RoleArn'];
  if (!names.some((name) => inner.has(name)))
    inner.complain("The field 'RoleArn' is required but was missing");
  const credentials = fields.evaluated('Credentials');
  return (visit, input) => {
    const found = credentials?.(visit, { input });
    const role = isObject(found) ? found['RoleArn'] : undefined;
    if (typeof role === 'string') return role;
    throw runtimeFailure(
      `The field 'RoleArn' in Credentials must be a string, but was ${JSON.stringify(role)}`,
    );
  };
}
