import { isElsewhere, stepFunctionsClient } from '../../../shared/aws/sdk/step-functions.ts';
import {
  localstackReminders,
  StepFunctionsEngine,
} from '../../../shared/aws/stepfunctions/workflow-engine.ts';
import type { WorkflowEngine } from '../../../shared/ports/workflow-engine.ts';

/** Executions of one state machine. `machine`: its ARN, or that of an alias. */
export const stepFunctionsEngine = (machine: string): WorkflowEngine =>
  new StepFunctionsEngine({
    client: stepFunctionsClient(),
    machine,
    ...(isElsewhere(process.env) ? { reminders: localstackReminders } : {}),
  });
