import type { WorkflowEngine } from '../../shared/ports/workflow-engine.ts';
import type { StepFunctions } from './engine.ts';

export interface RunMachine {
  /** Name of the state machine. */
  readonly name: string;
  /** Its definition (Amazon States Language, JSON text); a changed one holds for executions started from then on. */
  readonly definition: string;
}

/** The port on the embedded engine, in process; may be made before `stepFunctions.open`, and takes work after it. */
export function createWorkflowEngine(_stepFunctions: StepFunctions, _machine: RunMachine): WorkflowEngine {
  throw new Error('being built');
}
