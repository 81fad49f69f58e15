import type { LambdaFunction } from '../functions.ts';

/** What a scripted function does when it is called: answers JSON, throws, or never comes back. */
export type Scene = (event: unknown, call: number) => unknown | Promise<unknown>;

/** A failure as Lambda names it. */
export class FunctionError extends Error {
  readonly errorType: string;

  constructor(errorType: string, message = 'Scripted.') {
    super(message);
    this.errorType = errorType;
  }
}

/** Never answers: the call hangs until its task times out or the process is gone. */
export const hang = (): Promise<never> => new Promise<never>(() => {});

/** A function that plays a scene and remembers what it was asked. */
export class ScriptedFunction implements LambdaFunction {
  readonly repeatable: boolean;
  readonly events: unknown[] = [];
  readonly #scene: Scene;

  constructor(scene: Scene, { repeatable = true }: { readonly repeatable?: boolean } = {}) {
    this.repeatable = repeatable;
    this.#scene = scene;
  }

  async invoke(payload: string): Promise<string> {
    const event: unknown = JSON.parse(payload);
    this.events.push(event);
    return JSON.stringify((await this.#scene(event, this.events.length)) ?? null);
  }
}
