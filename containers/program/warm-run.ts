import type { Failure } from '../../shared/domain/events.ts';
import { operationHash } from '../../shared/domain/operation-hash.ts';
import type { ProgramAnswer, ProgramRequest, ProgramTurn } from '../../shared/ports/program-host.ts';
import type { TurnMessage } from '../../shared/protocol/program.ts';

type Requests = Extract<TurnMessage, { readonly type: 'idle' }>['requests'];

/** What the host remembers of a run that a child has in memory: a cache, like the child's. */
export class WarmRun {
  /** How many answers the run has had. */
  #position = 0;
  #turn: ProgramTurn | undefined;
  readonly #open = new Map<number, ProgramRequest>();

  get position(): number {
    return this.#position;
  }

  /** Where the program stood after the last answer. */
  get turn(): ProgramTurn | undefined {
    return this.#turn;
  }

  /** Whether it has ended: then the child need not remember it any longer. */
  get ended(): boolean {
    return this.#turn !== undefined && this.#turn.kind !== 'requests';
  }

  delivered(answers: readonly ProgramAnswer[]): void {
    this.#position += answers.length;
    for (const { operation } of answers) this.#open.delete(operation);
  }

  heard(message: TurnMessage): void {
    this.#turn = this.#turnOf(message);
  }

  #turnOf(message: TurnMessage): ProgramTurn {
    if (message.type === 'failed') return { kind: 'failed', error: message.error };
    const unfit = this.#add(message.requests);
    if (unfit) return { kind: 'failed', error: unfit };
    const requests = [...this.#open.values()];
    if (message.type === 'idle') return { kind: 'requests', requests };
    return { kind: 'finished', output: message.output, requests };
  }

  /** The hash is what approvals are bound to: it is never taken from the process that runs the program. */
  #add(requests: Requests): Failure | undefined {
    for (const { operation, kind, arguments: args } of requests) {
      try {
        this.#open.set(operation, { operation, kind, arguments: args, hash: operationHash(kind, args) });
      } catch (error) {
        return {
          code: 'program.failed',
          message: `Operation ${operation}, ${kind}: ${(error as Error).message}`,
        };
      }
    }
    return undefined;
  }
}
