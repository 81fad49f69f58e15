import { commandInput, uploadUrls } from '../../shared/application/spaces/command-input.ts';
import { applyChanges } from '../../shared/application/workspace/apply-changes.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Blobs, TenantBlobs } from '../../shared/ports/blobs.ts';
import type { Launch } from '../../shared/ports/task-launcher.ts';
import type { ReportAnswer, ReportMessage } from '../../shared/protocol/report.ts';
import { reportMessage } from '../../shared/protocol/report.ts';
import { tenant } from './fixtures.ts';

/** The message of a type. */
export type Said<T extends ReportMessage['type']> = Extract<ReportMessage, { type: T }>;

export interface DeskOperation {
  readonly command: string;
  readonly timeoutMs?: number;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** The workspace that it starts with. */
  readonly files?: Record<string, string>;
}

/** Stands in for the server in tests of launchers: hands out operations, hears reports, one claim each. */
export class ReportDesk {
  readonly blobs: TenantBlobs;
  /** Everything that was said, in order. */
  readonly heard: { readonly operation: number; readonly message: ReportMessage }[] = [];
  /** Whether heartbeats are answered with `stop`. */
  stopping = false;
  readonly #operations: DeskOperation[] = [];
  readonly #waiting = new Set<() => void>();

  /** `blobs`: their signed addresses must work for the worker. */
  constructor(blobs: Blobs) {
    this.blobs = blobs.forTenant(tenant);
  }

  /** A new operation, ready to be launched. */
  open(operation: DeskOperation): Launch {
    const number = this.#operations.push(operation);
    const timeoutMs = operation.timeoutMs ?? 30_000;
    return {
      tenant,
      run: 'run_desk',
      operation: number,
      place: 'function',
      ticket: `ticket-${number}`,
      timeoutMs,
      attempt: '1',
    };
  }

  async report(ticket: string, body: unknown): Promise<ReportAnswer> {
    const operation = Number(ticket.replace('ticket-', ''));
    const asked = this.#operations[operation - 1];
    if (!asked) throw new TandemError('auth.invalid');
    const message = reportMessage().parse(body);
    const first = !this.heard.some(
      (earlier) => earlier.operation === operation && earlier.message.type === message.type,
    );
    this.heard.push({ operation, message });
    for (const wake of this.#waiting) wake();
    switch (message.type) {
      case 'claim':
        return first ? this.#input(asked) : { stop: true };
      case 'heartbeat':
        return { next: this.stopping ? 'stop' : 'continue' };
      case 'urls':
        return { urls: await uploadUrls(this.blobs, message.digests) };
      case 'done':
      case 'failed':
      case 'stopped':
        return { accepted: first };
    }
  }

  /** The first message of a type about an operation: waits until it is heard. */
  async said<T extends ReportMessage['type']>({ operation }: Launch, ...types: T[]): Promise<Said<T>> {
    for (;;) {
      const found = this.heard.find(
        (one) => one.operation === operation && (types as string[]).includes(one.message.type),
      );
      if (found) return found.message as Said<T>;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Waits until an operation has been claimed so often; all claims but the first are refused. */
  async claimed({ operation }: Launch, times: number): Promise<void> {
    const claims = () =>
      this.heard.filter((one) => one.operation === operation && one.message.type === 'claim').length;
    while (claims() < times) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async #input({ files = {}, timeoutMs = 30_000, ...args }: DeskOperation): Promise<ReportAnswer> {
    const changes = await Promise.all(
      Object.entries(files).map(async ([path, text]) => {
        const { blob, size } = await this.blobs.put(Buffer.from(text));
        return { path, digest: blob, size };
      }),
    );
    const tree = await applyChanges(this.blobs, null, changes);
    return commandInput(this.blobs, { request: { inline: { ...args, timeoutMs } }, tree });
  }
}
