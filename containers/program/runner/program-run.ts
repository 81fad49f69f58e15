import type { Failure } from '../../../shared/domain/events.ts';
import type { IssuedOperation } from '../../../shared/domain/operation-ledger.ts';
import type { GuestStart } from '../../../shared/domain/program-bridge.ts';
import { ProgramSession } from '../../../shared/domain/program-session.ts';
import type { DeliveredAnswer } from '../../../shared/protocol/program.ts';
import type { ProgramContext } from './context.ts';
import type { Program } from './program.ts';
import { thrownOf } from './thrown.ts';

/** Where a run stands; `requests` are those issued since it was last asked. */
export type Turn =
  | { readonly kind: 'idle'; readonly requests: readonly IssuedOperation[] }
  | { readonly kind: 'finished'; readonly requests: readonly IssuedOperation[]; readonly output: string }
  | { readonly kind: 'failed'; readonly error: Failure };

/** One run of a program, in a context that is its own as long as the run is in memory. */
export class ProgramRun {
  readonly context: ProgramContext;
  readonly #program: Program;
  readonly #session = new ProgramSession();
  /** Rejected promises that nobody handles, with their reasons. */
  readonly #rejections = new Map<object, unknown>();

  constructor(program: Program, context: ProgramContext) {
    this.#program = program;
    this.context = context;
  }

  begin(start: GuestStart): void {
    this.#execute(() => this.#session.start(() => this.context.start(this.#program.script, start)));
  }

  /** Delivers answers one at a time, the next only when the program is at rest (rule 13). */
  answer(answers: readonly DeliveredAnswer[]): void {
    for (const answer of answers) {
      if (this.#session.divergence) return;
      this.#execute(() => this.#session.deliver(answer));
    }
  }

  rejected(promise: object, reason: unknown): void {
    this.#rejections.set(promise, reason);
  }

  handled(promise: object): void {
    this.#rejections.delete(promise);
  }

  get ended(): boolean {
    return this.#session.divergence !== undefined || this.#session.end !== undefined;
  }

  turn(): Turn {
    const requests = this.#session.takeIssued();
    const { divergence, end } = this.#session;
    if (divergence) return { kind: 'failed', error: divergence };
    if (!end) return { kind: 'idle', requests };
    if (end.kind === 'failed') return { kind: 'failed', error: this.#program.failure(end) };
    const error = this.#unhandled();
    return error ? { kind: 'failed', error } : { kind: 'finished', requests, output: end.output };
  }

  #execute(step: () => void): void {
    try {
      step();
      this.context.settle();
    } catch (error) {
      const { name, message, stack } = thrownOf(error);
      this.#session.threw(name, message, stack);
    }
    this.#session.rested();
  }

  /** An error that got lost in a promise is no success; the one that `finish` throws is no error. */
  #unhandled(): Failure | undefined {
    for (const reason of this.#rejections.values()) {
      const { name, message, stack } = thrownOf(reason);
      if (name === 'Finished') continue;
      return this.#program.failure({ name, message: `${message} (nobody handled this rejection)`, stack });
    }
    return undefined;
  }
}
