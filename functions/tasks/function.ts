import type { App } from '../../shared/application/app.ts';
import type { Wire } from '../wired.ts';
import { resultOf } from './step-result.ts';

/** A function behind one state of the run machine. Its event is the state's input, which comes only from there. */
export function taskFunction<I>(
  wire: Wire,
  step: (app: App, input: I) => Promise<unknown>,
): (input: I) => Promise<unknown> {
  return (input) =>
    resultOf(async () => {
      const { app } = await wire();
      return step(app, input);
    });
}
