import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { MapRunPlan } from '../journal/map-runs.ts';
import type { Fields } from './fields.ts';

type Results = Pick<MapRunPlan, 'destination' | 'transformation' | 'lines'>;

/** What becomes of the results of a distributed Map. Throws `StateFailure`. */
export type ResultWriter = (visit: Visit, input: Json) => Results;

const transformations = ['NONE', 'COMPACT', 'FLATTEN'] as const;

export function readResultWriter(state: Fields): ResultWriter {
  if (!state.has('ResultWriter'))
    return () => ({ destination: undefined, transformation: 'COMPACT', lines: false });
  const fields = state.object('ResultWriter');
  const resource = fields.text('Resource');
  if (resource !== undefined && !/^arn:[^:]+:states:[^:]*:[^:]*:s3:putObject$/.test(resource))
    fields.complain(`The resource provided ${resource} is not recognized as a result writer.`, 'Resource');
  const parameters = fields.evaluated(fields.language === 'JSONata' ? 'Arguments' : 'Parameters');
  const config = readConfig(fields);
  if (resource === undefined && config === undefined)
    fields.complain("The field 'Resource' is required but was missing");
  fields.close();
  return (visit, input) => {
    const { transformation = resource === undefined ? 'COMPACT' : 'NONE', lines = false } = config ?? {};
    if (resource === undefined) return { destination: undefined, transformation, lines };
    return { destination: destination(parameters?.(visit, { input }) ?? null), transformation, lines };
  };
}

function readConfig(fields: Fields): Pick<Results, 'transformation' | 'lines'> | undefined {
  if (!fields.has('WriterConfig')) return undefined;
  const config = fields.object('WriterConfig');
  const named = config.text('Transformation') ?? 'NONE';
  const transformation = transformations.find((each) => each === named);
  if (transformation === undefined)
    config.complain(`Value must be one of [${transformations.join(', ')}]`, 'Transformation');
  const output = config.text('OutputType') ?? 'JSON';
  if (output !== 'JSON' && output !== 'JSONL')
    config.complain('Value must be one of [JSON, JSONL]', 'OutputType');
  config.close();
  return { transformation: transformation ?? 'NONE', lines: output === 'JSONL' };
}

function destination(parameters: Json): NonNullable<Results['destination']> {
  const { Bucket: bucket, Prefix: prefix = '' } = isObject(parameters) ? parameters : {};
  if (typeof bucket === 'string' && typeof prefix === 'string') return { bucket, prefix };
  throw runtimeFailure(
    `The parameters of ResultWriter must name a Bucket and may name a Prefix: ${JSON.stringify(parameters)}`,
  );
}
