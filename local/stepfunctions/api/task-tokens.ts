import * as z from 'zod';
import type { StepFunctions, TokenAnswer } from '../engine.ts';
import { ServiceError } from '../service-error.ts';
import { executionOfToken } from '../tasks/token.ts';
import { cause, error, payload, taskToken } from './fields.ts';
import { flawOfJson } from './json-text.ts';
import { operation } from './operation.ts';

export const sendTaskSuccess = operation(
  z.object({ taskToken, output: payload }),
  (stepFunctions, { taskToken: token, output }) => {
    const flaw = flawOfJson(output);
    if (flaw !== undefined) throw new ServiceError('InvalidOutput', `Invalid Output: '${flaw}'`);
    return answer(stepFunctions, token, { kind: 'token-succeeded', output });
  },
);

export const sendTaskFailure = operation(
  z.object({ taskToken, error: error.optional(), cause: cause.optional() }),
  (stepFunctions, { taskToken: token, error: name, cause: why }) =>
    answer(stepFunctions, token, { kind: 'token-failed', error: name, cause: why }),
);

export const sendTaskHeartbeat = operation(z.object({ taskToken }), (stepFunctions, { taskToken: token }) =>
  answer(stepFunctions, token, { kind: 'heartbeat' }),
);

/** Over the wire an answer counts once it cannot be lost. */
async function answer(stepFunctions: StepFunctions, token: string, given: TokenAnswer): Promise<object> {
  const execution = executionOfToken(token);
  if (execution === undefined || execution > stepFunctions.journal.lastExecution())
    throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  if (!stepFunctions.answer(token, given)) {
    throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
  await stepFunctions.durable(execution);
  return {};
}
