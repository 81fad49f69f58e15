import assert from 'node:assert/strict';
import type { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Invoker } from '../../shared/aws/lambda/invoke.ts';

/** The most bytes of a synchronous invocation, there and back. */
const messageBytes = 6 * 1024 * 1024;

export interface Environment {
  handle(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export interface FakeLambdaOptions {
  readonly start: () => Environment;
}

/** Stands in for Lambda's Invoke: real handlers in environments, of which each serves one tenant id. */
export class FakeLambda {
  /** Payloads of requests, in order, as text. */
  readonly asked: string[] = [];
  readonly tenants: (string | undefined)[] = [];
  readonly client: Invoker;
  readonly #options: FakeLambdaOptions;
  readonly #environments = new Map<string | undefined, Environment>();

  constructor(options: FakeLambdaOptions) {
    this.#options = options;
    this.client = { send: (command: InvokeCommand) => this.#invoke(command) } as unknown as Invoker;
  }

  async #invoke({ input }: InvokeCommand): Promise<unknown> {
    assert.equal(input.InvocationType, 'RequestResponse');
    const text = Buffer.from(input.Payload as Uint8Array).toString('utf8');
    assert.ok(Buffer.byteLength(text) <= messageBytes, `a request of ${Buffer.byteLength(text)} bytes`);
    this.asked.push(text);
    this.tenants.push(input.TenantId);
    const environment = this.#environments.get(input.TenantId) ?? this.#options.start();
    this.#environments.set(input.TenantId, environment);
    try {
      const answer = JSON.stringify(await environment.handle(JSON.parse(text)));
      assert.ok(Buffer.byteLength(answer) <= messageBytes, `a reply of ${Buffer.byteLength(answer)} bytes`);
      return { StatusCode: 200, Payload: Buffer.from(answer) };
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      const { message, name } = error as Error;
      const payload = JSON.stringify({ errorType: name, errorMessage: message });
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(payload) };
    }
  }

  /** Ends an environment, with all it remembers. */
  async drop(tenant: string | undefined): Promise<void> {
    const environment = this.#environments.get(tenant);
    this.#environments.delete(tenant);
    await environment?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#environments.keys()].map((tenant) => this.drop(tenant)));
  }
}
