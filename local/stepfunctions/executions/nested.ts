import { executionOfArn, machineOfArn } from '../arns.ts';
import { describeExecution } from '../describe.ts';
import type { NewExecution, StepFunctions } from '../engine.ts';
import { ServiceError, unsupportedType } from '../service-error.ts';
import type { NestedDescription, NestedExecutions } from '../services/nested-executions.ts';

/** Executions of the engine, for its own states to start. */
export function nestedExecutions(engine: StepFunctions): NestedExecutions {
  return {
    async start({ machineArn, name, input, awaited }) {
      const named = machineOfArn(machineArn);
      const machine = named?.machine ?? machineArn;
      const wanted = { machine, qualifier: named?.qualifier, name, input };
      if (engine.machines.get(machine)?.type === 'EXPRESS') return startExpress(engine, wanted, awaited);
      const started = await engine.start(wanted);
      if (started.outcome !== 'closed' && started.facts.input.text === input) {
        return { executionArn: started.facts.arn, startDate: started.facts.startedAt };
      }
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
    },
    async wait(executionArn, signal) {
      await engine.ended(found(executionArn), signal);
      return describe(engine, executionArn);
    },
    async stop(executionArn, cause) {
      engine.stop(found(executionArn), { cause });
    },
  };
}

/** Nobody can ask how an Express execution has ended, so none is waited for. */
function startExpress(engine: StepFunctions, wanted: NewExecution, awaited: boolean) {
  if (awaited) throw unsupportedType();
  const { facts } = engine.startExpress(wanted);
  return { executionArn: facts.arn, startDate: facts.startedAt };
}

function found(arn: string): { readonly machine: string; readonly name: string } {
  const name = executionOfArn(arn);
  if (name !== undefined) return name;
  throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

function describe(engine: StepFunctions, arn: string): NestedDescription {
  const description = describeExecution(engine, found(arn));
  if (description === undefined)
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  const { machine, name, status, startedAt, endedAt, input, result, redrive } = description;
  const { output, error, cause } = result;
  return {
    executionArn: arn,
    stateMachineArn: engine.machineArn(machine),
    name,
    status,
    startDate: startedAt,
    input,
    redriveCount: redrive?.count ?? 0,
    ...(endedAt === null ? {} : { stopDate: endedAt }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}
