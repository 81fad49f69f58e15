import { VirtualClock } from './virtual-clock.ts';

/** Turns of the event loop in which nobody looks at the clock, after which everything is held to wait for it. */
const quietTurns = 8;

/**
 * A virtual clock that moves by itself: time stands still while anything is under way, and jumps to the next timer once
 * nothing is. So a wait of a year takes a millisecond, and what happens first is always what is due first. Work that
 * leaves the process, and so may leave the event loop quiet, has to hold the clock.
 */
export class JumpingClock extends VirtualClock {
  #holds = 0;
  #quiet = 0;
  #watching = false;

  /** Whoever looks at the clock is at work. */
  override now(): number {
    this.#quiet = 0;
    return super.now();
  }

  override at(at: number, callback: () => void): () => void {
    this.#quiet = 0;
    const cancel = super.at(at, callback);
    this.#watch();
    return () => {
      this.#quiet = 0;
      cancel();
    };
  }

  /** Time stands still until what this returns is called. */
  hold(): () => void {
    this.#holds += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.#quiet = 0;
      this.#watch();
    };
  }

  #watch(): void {
    if (this.#watching || this.#holds > 0) return;
    this.#watching = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#watching = false;
    if (this.#holds > 0) return;
    this.#quiet += 1;
    const waits = this.#quiet <= quietTurns;
    if (!waits) this.#quiet = 0;
    if (waits || this.advanceToNext()) this.#watch();
  }
}
