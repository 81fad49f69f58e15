import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { InvokeCommand, InvokeCommandInput } from '@aws-sdk/client-lambda';
import type { Invoker } from '../../shared/aws/lambda/invoke.ts';

const environment = fileURLToPath(
  new URL('../../containers/space/space-function.fixture.ts', import.meta.url),
);

/** Stands in for Lambda: accepts invocations of the real function `space`, each in a process of its own. */
export class FakeSpaceFunction {
  readonly asked: InvokeCommandInput[] = [];
  readonly client: Invoker;
  /** What Invoke fails with. */
  failure: Error | undefined;
  readonly #running = new Set<ChildProcess>();

  constructor() {
    this.client = { send: (command: InvokeCommand) => this.#invoke(command) } as unknown as Invoker;
  }

  /** Resolves when no invocation is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#running].map((child) => once(child, 'exit')));
  }

  close(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }

  async #invoke({ input }: InvokeCommand): Promise<unknown> {
    this.asked.push(input);
    if (this.failure) throw this.failure;
    const child = spawn(process.execPath, ['--no-warnings', environment], {
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    const event = JSON.parse(Buffer.from(input.Payload as Uint8Array).toString('utf8')) as unknown;
    child.stdin?.end(JSON.stringify({ event, requestId: randomUUID(), remainingMs: 60_000 }));
    return { StatusCode: 202 };
  }
}
