import type { Bridge } from '../../shared/protocol/program.ts';

/** Thrown by `finish` to leave whatever is running; the run has its output by then, whoever catches this. */
export class Finished extends Error {
  constructor() {
    super('The run has finished.');
    this.name = 'Finished';
  }
}

export function finishThrough(bridge: Bridge): (output?: unknown) => never {
  return (output) => {
    bridge.finished(outputText(output));
    throw new Finished();
  };
}

/** The output as JSON text; nothing is `null`. Throws for what JSON cannot say. */
export function outputText(output: unknown): string {
  return JSON.stringify(output ?? null) ?? 'null';
}
