import type { DeliveredAnswer } from '../protocol/program.ts';
import type { Failure } from './events.ts';
import { type IssuedOperation, OperationLedger } from './operation-ledger.ts';
import type { Guest, GuestEnd } from './program-bridge.ts';

/**
 * One run of a program as its host drives it: starts it, gives it one answer after the other, and notices when program
 * and record differ. After every `start` and `deliver` the host lets the program come to rest and then calls `rested`:
 * how that is done is the only difference between hosts.
 */
export class ProgramSession {
  readonly #ledger = new OperationLedger();
  #guest: Guest | undefined;
  #issued: IssuedOperation[] = [];
  #divergence: Failure | undefined;
  #thrown: GuestEnd | undefined;

  start(startGuest: () => Guest): void {
    this.#guest = startGuest();
  }

  /**
   * Gives the program its next answer; or does not, and the run has failed. What it asked for and did not wait for may
   * be answered before its end stands in the log: nobody hears that.
   */
  deliver(answer: DeliveredAnswer): void {
    const isUnheard = this.end !== undefined;
    const isTooMuch = isUnheard && !this.#ledger.isOpen(answer.operation);
    this.#divergence ??= isTooMuch ? this.#ledger.endedEarly(answer) : this.#ledger.match(answer);
    if (this.#divergence || isUnheard) return;
    const { operation, at, outcome } = answer;
    const result = JSON.stringify(outcome.ok ? outcome.value : outcome.error);
    this.#guest?.answer(operation, Date.parse(at), outcome.ok, result);
  }

  /** The program threw while it was started or answered, past its library. */
  threw(name: string, message: string, stack: string): void {
    this.#thrown ??= { kind: 'failed', name, message, stack };
  }

  /** The program has come to rest: takes down what it has asked for. */
  rested(): void {
    const taken = this.#guest?.take() ?? [];
    for (let at = 0; at < taken.length; at += 2) {
      this.#issued.push(this.#ledger.issue(taken[at] as string, taken[at + 1] as string));
    }
  }

  /** The operations issued since the last call that are not answered yet. */
  takeIssued(): readonly IssuedOperation[] {
    const issued = this.#issued;
    this.#issued = [];
    return issued.filter(({ operation }) => this.#ledger.isOpen(operation));
  }

  get divergence(): Failure | undefined {
    return this.#divergence;
  }

  /** How the program ended, once it has. */
  get end(): GuestEnd | undefined {
    return this.#guest?.end() ?? this.#thrown;
  }
}
