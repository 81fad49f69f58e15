import type { ReadStream } from 'node:tty';
import { ApiError } from '../../sdk/api-error.ts';
import { cut, widthOf } from '../terminal/width.ts';
import type { OpenApproval } from '../timeline/entry.ts';
import type { Answer, Decider } from './decider.ts';

const keys: Readonly<Record<string, Answer>> = { y: 'approve', Y: 'approve', n: 'deny', N: 'deny' };

/** Columns of what is to be approved, in the question; a subject in less says nothing. */
const longestSubject = 50;
const shortestSubject = 8;

const interrupt = '\u0003';

export interface AskOptions {
  readonly terminal: ReadStream;
  readonly decide: (approval: string, answer: Answer) => Promise<void>;
  /** Ctrl-C, which a terminal that is read key by key delivers as a key. */
  readonly onInterrupt: () => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Asks at the terminal, one approval at a time: a single key answers. The question goes away by itself when somebody
 * else has decided.
 */
export class Ask implements Decider {
  readonly #options: AskOptions;
  #open: readonly OpenApproval[] = [];
  /** Answered here; the log does not say so yet. */
  readonly #answered = new Set<string>();
  #listening = false;

  constructor(options: AskOptions) {
    this.#options = options;
  }

  async consider(open: readonly OpenApproval[]): Promise<void> {
    this.#open = open;
    if (this.#current === undefined) this.#stopListening();
    else this.#startListening();
  }

  question(width: number): string | undefined {
    const current = this.#current;
    return current && questionOf(current.what, width);
  }

  close(): void {
    this.#stopListening();
  }

  get #current(): OpenApproval | undefined {
    return this.#open.find(({ approval }) => !this.#answered.has(approval));
  }

  readonly #onKeys = (typed: Buffer): void => {
    for (const key of typed.toString()) this.#onKey(key);
  };

  #onKey(key: string): void {
    if (key === interrupt) this.#options.onInterrupt();
    const answer = keys[key];
    const current = this.#current;
    if (answer === undefined || current === undefined) return;
    this.#answered.add(current.approval);
    if (this.#current === undefined) this.#stopListening();
    this.#options.decide(current.approval, answer).catch((error: unknown) => this.#failed(current, error));
  }

  /** What can pass is asked again. */
  #failed({ approval }: OpenApproval, error: unknown): void {
    this.#options.onProblem(error);
    if (!(error instanceof ApiError) || !error.retryable) return;
    this.#answered.delete(approval);
    this.#startListening();
  }

  #startListening(): void {
    if (this.#listening) return;
    this.#listening = true;
    const { terminal } = this.#options;
    terminal.setRawMode(true);
    terminal.on('data', this.#onKeys);
    terminal.resume();
  }

  #stopListening(): void {
    if (!this.#listening) return;
    this.#listening = false;
    const { terminal } = this.#options;
    terminal.off('data', this.#onKeys);
    terminal.setRawMode(false);
    terminal.pause();
  }
}

/** The subject gives way, never the keys. */
function questionOf(what: string, width: number): string {
  const room = Math.min(longestSubject, width - widthOf('Approve “”?  y / n '));
  return room < shortestSubject ? 'Approve?  y / n ' : `Approve “${cut(what, room)}”?  y / n `;
}
