import type { Ids } from '../../../shared/ports/ids.ts';
import { expressArn, machineArn, type Place } from '../arns.ts';
import { JsonData } from '../data-flow/json-data.ts';
import { randomUuid } from '../data-flow/uuid.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import type { Machines, Start } from '../machines/machines.ts';

/** Above every number that the journal gives to a Standard execution. */
const firstNumber = 2 ** 40;
const numbers = 2 ** 52;

export interface NewExpressExecution extends Start {
  readonly machine: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly testCase: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What facts of an Express execution are made of. */
export interface ExpressSources {
  readonly place: Place;
  readonly machines: Machines;
  readonly ids: Pick<Ids, 'random'>;
}

/** Its name may be that of others; ARN and number are its own, also after a restart. */
export function expressFacts(
  { machine, name, input, ...rest }: NewExpressExecution,
  { place, machines, ids }: ExpressSources,
): ExecutionFacts {
  const id = randomUuid(() => ids.random());
  return {
    ...rest,
    id: firstNumber + Math.floor(ids.random() * numbers),
    name,
    arn: expressArn(place, { machine, name, id }),
    input: JsonData.parse(input),
    roleArn: machines.revision(rest.revision).roleArn,
    machineName: machine,
    machineArn: machineArn(place, machine),
    express: true,
  };
}
