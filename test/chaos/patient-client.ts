import { setTimeout as pause } from 'node:timers/promises';
import type { LeanClient } from '../support/lean-client.ts';

export interface Reply<T> {
  readonly status: number;
  /** Of a successful answer. */
  readonly data: T | undefined;
  /** Of an error. */
  readonly code?: string;
}

export interface PatientClientOptions {
  /** Resolves with a client of the server as soon as it is up; rejects when nobody waits for it any longer. */
  readonly up: () => Promise<LeanClient>;
  /** Told of answers that no client should ever get. */
  readonly complain: (complaint: string) => void;
}

type Method = 'GET' | 'POST';

/** What may be answered to somebody who comes late, or asks again because an answer was lost. */
const refusals: readonly string[] = ['run.ended', 'approval.decided', 'approval.expired', 'server.stopping'];

/** How long to leave a server alone that did not answer, in milliseconds. */
const againMs = 20;

/** A client that asks again for as long as it takes. */
export class PatientClient {
  readonly #options: PatientClientOptions;
  /** Requests that were sent and not answered. */
  lost = 0;
  readonly #waiting = new Set<{ request: string; since: string; sent: boolean }>();

  constructor(options: PatientClientOptions) {
    this.#options = options;
  }

  /** Requests that wait for an answer now. */
  get waiting(): string[] {
    return [...this.#waiting].map(
      ({ request, since, sent }) => `${request} since ${since}${sent ? '' : ', not sent'}`,
    );
  }

  /** Asks until there is an answer that is not a failure of the server; `key`: an `Idempotency-Key`. */
  async ask<T>(method: Method, path: string, body?: unknown, key?: string): Promise<Reply<T>> {
    for (;;) {
      const reply = await this.tryOnce<T>(method, path, body, key);
      if (reply && reply.status < 500) return reply;
      await pause(againMs);
    }
  }

  /** Asks once; `undefined` when the answer was lost: then nobody knows whether it was heard. */
  async tryOnce<T>(
    method: Method,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Reply<T> | undefined> {
    const request = `${method} ${path}`;
    const waiting = { request, since: new Date().toISOString(), sent: false };
    this.#waiting.add(waiting);
    const client = await this.#options.up();
    waiting.sent = true;
    const answer = await client.send(method, path, body, key).catch(() => undefined);
    this.#waiting.delete(waiting);
    if (answer === undefined) {
      this.lost += 1;
      return undefined;
    }
    const { data, code } = JSON.parse(answer.body) as { data?: T; code?: string };
    if (answer.status >= 400 && !refusals.includes(code ?? '')) {
      this.#options.complain(`${request} was answered ${answer.status}: ${answer.body}`);
    }
    return { status: answer.status, data, ...(code === undefined ? {} : { code }) };
  }
}
