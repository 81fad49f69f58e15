import type { App } from '../../shared/application/app.ts';
import type { ExecutionInput, Step, TokenStep } from '../../shared/application/step.ts';
import { advance } from '../../shared/application/steps/advance.ts';
import { awaitNews } from '../../shared/application/steps/await-news.ts';
import { dispatch } from '../../shared/application/steps/dispatch.ts';
import { type FailedStep, finish } from '../../shared/application/steps/finish.ts';
import { prepare } from '../../shared/application/steps/prepare.ts';
import { startSuccessor } from '../../shared/application/steps/start-successor.ts';
import { resultOf } from './step-result.ts';

/** A function that the run machine calls: JSON in, JSON out. Each may be called again after a crash. */
export type TaskHandler = (payload: string) => Promise<string>;

/** The functions behind the states of `state-machines/run`, by the name that the definition's substitutions use. */
export function taskHandlers(app: App): Readonly<Record<TaskName, TaskHandler>> {
  return {
    prepare: json<ExecutionInput>((input) => prepare(app, input)),
    advance: json<Step>((step) => advance(app, step)),
    dispatch: json<TokenStep>((step) => dispatch(app, step)),
    await: json<TokenStep>((step) => awaitNews(app, step)),
    successor: json<Step>((step) => startSuccessor(app, step)),
    finish: json<FailedStep>((step) => finish(app, step)),
  };
}

export const taskNames = ['prepare', 'advance', 'dispatch', 'await', 'successor', 'finish'] as const;

export type TaskName = (typeof taskNames)[number];

/** What crosses the boundary is JSON text, as between Step Functions and Lambda; it comes only from our own machine. */
function json<I>(step: (input: I) => Promise<unknown>): TaskHandler {
  return async (payload) => JSON.stringify(await resultOf(() => step(JSON.parse(payload) as I)));
}
