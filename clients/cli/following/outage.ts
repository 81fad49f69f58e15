import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { isApiError } from '../../sdk/api-error.ts';
import type { Viewer } from './viewer.ts';

const everyMs = 250;

const defaultPatienceMs = 60_000;

/** What a server that is gone, or not there yet, answers with. */
const outages = ['server.unreachable', 'server.stopping', 'server.starting'] as const;

/** What another server answers with that has taken over the port: whoever keeps ours running finds that out, and ends us. */
const stranger = 'auth.invalid';

interface OutageOptions {
  readonly viewer: Pick<Viewer, 'note'>;
  readonly interrupted: AbortSignal;
  /** Nothing is said: somebody else does. */
  readonly supervised?: boolean;
  readonly patienceMs?: number;
}

/** The time between a server's end and the next one's start, as seen by somebody who follows a run. */
export class Outage {
  readonly #note: (text: string) => void;
  readonly #codes: readonly ErrorCode[];
  readonly #interrupted: AbortSignal;
  readonly #patienceMs: number;
  #seenServer = false;
  #since: number | undefined;

  constructor(options: OutageOptions) {
    this.#note = options.supervised ? () => {} : (text) => options.viewer.note(text);
    this.#codes = options.supervised ? [...outages, stranger] : outages;
    this.#interrupted = options.interrupted;
    this.#patienceMs = options.patienceMs ?? defaultPatienceMs;
  }

  /** A server has answered. */
  over(): void {
    this.#seenServer = true;
    if (this.#since === undefined) return;
    this.#since = undefined;
    this.#note('The server is back.');
  }

  /** Pauses before the next attempt; throws the error when it is no outage, or one that lasts too long. */
  async wait(error: unknown): Promise<void> {
    const away = this.#codes.some((code) => isApiError(error, code));
    if (!away || !this.#seenServer) throw error;
    if (this.#since === undefined) {
      this.#since = performance.now();
      this.#note('The server is gone; the run is in its log and goes on when it is back.');
    }
    if (performance.now() - this.#since > this.#patienceMs) throw error;
    await pause(everyMs, undefined, { signal: this.#interrupted });
  }
}
