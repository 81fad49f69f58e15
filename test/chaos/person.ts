import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../../shared/domain/json.ts';
import type { Approval } from '../../shared/protocol/approvals.ts';
import type { Run } from '../../shared/protocol/runs.ts';
import type { Act, ActKind } from './evidence.ts';
import type { Moments } from './moments.ts';
import type { PatientClient, Reply } from './patient-client.ts';
import { allEvents } from './read.ts';

export interface PersonOptions {
  readonly client: PatientClient;
  readonly moments: Moments;
  /** Where acts are noted. */
  readonly acts: Act[];
  readonly run: string;
}

/** Whoever looks after one run: does things, and does them again when the server did not answer. */
export class Person {
  readonly #options: PersonOptions;
  #count = 0;

  constructor(options: PersonOptions) {
    this.#options = options;
  }

  /** Waits for the approval that the run asks for, thinks about it, and decides. */
  async decide(kind: 'approve' | 'deny', thinkMs: number): Promise<void> {
    const approval = await this.#pendingApproval();
    if (approval === undefined) return;
    await pause(thinkMs);
    const mark = this.#mark(kind);
    const path = `/v1/approvals/${approval}`;
    const reply = await this.#do(`${path}/${kind}`, { reason: mark });
    // A first try may have been taken without an answer: then the decision that stands is this one.
    const { data } = await this.#options.client.ask<Approval>('GET', path);
    this.#note(kind, mark, reply.status === 200 || data?.reason === mark);
  }

  async pause(pauses: readonly { readonly beforeMs: number; readonly forMs: number }[]): Promise<void> {
    for (const { beforeMs, forMs } of pauses) {
      await pause(beforeMs);
      if (!(await this.#control('pause'))) return;
      await pause(forMs);
      if (!(await this.#control('resume'))) return;
    }
  }

  async cancel(afterMs: number): Promise<void> {
    await pause(afterMs);
    await this.#control('cancel');
  }

  /** Sends messages one after the other. A signal is kept as often as it is sent, so a careful person looks first. */
  async say(messages: readonly string[], everyMs: number): Promise<void> {
    for (const message of messages) {
      await pause(everyMs);
      while (!(await this.#said(message))) await pause(50);
      this.#note('signal', message, true);
    }
  }

  async #said(message: string): Promise<boolean> {
    const { client, moments, run } = this.#options;
    const sending = client.tryOnce('POST', `/v1/runs/${run}/signals`, { name: 'message', payload: message });
    moments.happened('acted');
    const reply = await sending;
    if (reply?.status === 200) return true;
    const events = await allEvents(client, run);
    return events.some(({ type, payload }) => type === 'signal.received' && isSignal(payload, message));
  }

  /** Whether it was done; a run that has ended meanwhile needs it no more. */
  async #control(kind: 'pause' | 'resume' | 'cancel'): Promise<boolean> {
    const mark = this.#mark(kind);
    const reply = await this.#do(`/v1/runs/${this.#options.run}/${kind}`, { reason: mark });
    this.#note(kind, mark, reply.status === 200);
    return reply.status === 200;
  }

  #do(path: string, body: Json): Promise<Reply<unknown>> {
    const { client, moments } = this.#options;
    const doing = client.ask('POST', path, body);
    moments.happened('acted');
    return doing;
  }

  async #pendingApproval(): Promise<string | undefined> {
    const { client, run } = this.#options;
    for (;;) {
      const { data } = await client.ask<Run>('GET', `/v1/runs/${run}`);
      if (!data || data.endedAt !== undefined) return undefined;
      const approval = data.openApprovals[0]?.approval;
      if (approval !== undefined) return approval;
      await pause(100);
    }
  }

  #mark(kind: ActKind): string {
    this.#count += 1;
    return `${kind} ${this.#count} of ${this.#options.run}`;
  }

  #note(kind: ActKind, mark: string, acknowledged: boolean): void {
    this.#options.acts.push({ run: this.#options.run, kind, mark, acknowledged });
  }
}

function isSignal(payload: object, message: string): boolean {
  return 'payload' in payload && payload.payload === message;
}
