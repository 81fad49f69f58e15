import type { JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { type DefinedState, definedFlows } from './flows.ts';
import type { Problem } from './problems.ts';

/** What a definition asks for that Express workflows cannot do: they do not wait for others. */
export function expressProblems(definition: JsonObject): readonly Problem[] {
  return definedFlows(definition).flatMap(({ states }) =>
    states.flatMap((state) => {
      const found = taskProblem(state) ?? mapProblem(state);
      return found === undefined ? [] : [found];
    }),
  );
}

const awaited = /^arn:[^:]+:states:[^:]*:[^:]*:[^.]+\.(sync|waitForTaskToken)/;
const activity = /^arn:[^:]+:states:[^:]*:[^:]*:activity:/;

function taskProblem({ fields, location }: DefinedState): Problem | undefined {
  const { Type: type, Resource: resource } = fields;
  if (type !== 'Task' || typeof resource !== 'string') return undefined;
  const at = `${location}/Resource`;
  if (activity.test(resource)) return problem('Express state machine does not support Activity ARN', at);
  const pattern = awaited.exec(resource)?.[1];
  if (pattern === undefined) return undefined;
  // The space at the end is the service's own.
  const end = pattern === 'sync' ? '' : ' ';
  return problem(`Express state machine does not support '.${pattern}' service integration${end}`, at);
}

function mapProblem({ fields, location }: DefinedState): Problem | undefined {
  const processor = fields['ItemProcessor'];
  const config = fields['Type'] === 'Map' && isObject(processor) ? processor['ProcessorConfig'] : undefined;
  if (!isObject(config) || config['Mode'] !== 'DISTRIBUTED') return undefined;
  const at = `${location}/ItemProcessor/ProcessorConfig/Mode`;
  return problem("Express state machine does not support Map state with Mode 'DISTRIBUTED'", at);
}

const problem = (message: string, location: string): Problem => ({
  code: 'SCHEMA_VALIDATION_FAILED',
  message,
  location,
});
