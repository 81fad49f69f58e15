import { isTandemError, TandemError } from '../../shared/errors/tandem-error.ts';
import type { ExecutionState, WorkflowEngine } from '../../shared/ports/workflow-engine.ts';
import { describeExecution, type ExecutionDescription } from './describe.ts';
import type { StepFunctions, TokenAnswer } from './engine.ts';
import { isServiceError } from './service-error.ts';

export interface RunMachine {
  /** Name of the state machine. */
  readonly name: string;
  /** Its definition (Amazon States Language, JSON text); a changed one holds for executions started from then on. */
  readonly definition: string;
}

/** The port on the embedded engine, in process; may be made before `stepFunctions.open`, and takes work after it. */
export function createWorkflowEngine(stepFunctions: StepFunctions, machine: RunMachine): WorkflowEngine {
  stepFunctions.putStateMachine(machine);
  const answer = (token: string, given: TokenAnswer): 'accepted' | 'gone' =>
    stepFunctions.answer(token, given) ? 'accepted' : 'gone';
  return {
    start: (name, input) =>
      available(async () => {
        const started = await stepFunctions.start({
          machine: machine.name,
          name,
          input: JSON.stringify(input),
        });
        return started.outcome;
      }),
    describe: (name) =>
      available(async () => stateOf(describeExecution(stepFunctions, { machine: machine.name, name }))),
    // The caller's truth is its own log: an answer that a crash loses is given again, so none of these waits for the disk.
    succeed: (token) => available(async () => answer(token, { kind: 'token-succeeded', output: '{}' })),
    fail: (token, error, cause) =>
      available(async () => answer(token, { kind: 'token-failed', error, cause })),
    heartbeat: (token) => available(async () => answer(token, { kind: 'heartbeat' })),
    forget: (run) =>
      available(async () => {
        stepFunctions.journal.forget(machine.name, `${run}-`);
        await stepFunctions.journal.settled();
      }),
    stop: (name, cause) =>
      available(async () => stepFunctions.stop({ machine: machine.name, name }, { cause })),
  };
}

function stateOf(execution: ExecutionDescription | undefined): ExecutionState {
  if (execution === undefined) return { status: 'absent' };
  if (execution.status === 'RUNNING') return { status: 'running' };
  const { error, cause } = execution.result;
  const said = [error, cause].filter((part) => part !== undefined && part !== '').join(': ');
  return {
    status: 'closed',
    succeeded: execution.status === 'SUCCEEDED',
    ...(said === '' ? {} : { cause: said }),
  };
}

/** Tells an engine that is closed, or whose disk does not take the commit, as the port promises. */
async function available<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isServiceError(error, 'ServiceUnavailable') || isTandemError(error)) {
      throw new TandemError('engine.unavailable', { cause: error });
    }
    throw error;
  }
}
