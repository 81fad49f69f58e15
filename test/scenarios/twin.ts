import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import { type ApiError, isApiError } from '../../clients/sdk/api-error.ts';
import { TandemClient } from '../../clients/sdk/client.ts';
import type { Connection } from '../../clients/sdk/transport.ts';
import type { Approval } from '../../shared/protocol/approvals.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { Json } from '../../shared/protocol/json.ts';
import type { Run, RunStatus, StartRun } from '../../shared/protocol/runs.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { announced } from './announced.ts';
import { owner } from './callers.ts';
import type { Caller, Deployment } from './deployment.ts';

/** Every program of the scenarios; each is published under its name. */
export type ProgramName =
  | 'asking'
  | 'calling'
  | 'calling-other'
  | 'commanding'
  | 'counting'
  | 'dozing'
  | 'oversleeping'
  | 'echoing'
  | 'failing'
  | 'filing'
  | 'greeting'
  | 'juggling'
  | 'listening'
  | 'looping';

export interface Request {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: Caller;
}

type StartOptions = Omit<StartRun, 'agent' | 'input'> & { readonly caller?: Caller };

/** A deployment as the scenarios see it: what a client can do, and turning it off and on. */
export class Twin {
  readonly #deployment: Deployment;
  readonly #published = new Map<string, Promise<unknown>>();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** Somebody's server on this machine, which the deployment can tell of events. */
  receiver(): Promise<WebhookReceiver> {
    return WebhookReceiver.open(this.#deployment.home);
  }

  async client(caller: Caller = owner): Promise<TandemClient> {
    return new TandemClient(await this.#deployment.connect(caller), { fetch: announced });
  }

  /** Where it is reached, and what a caller shows there. */
  connection(caller: Caller): Promise<Connection> {
    return this.#deployment.connect(caller);
  }

  /** How logs name a caller whose token is a JWT: who issued it may know them by another subject than scenarios do. */
  async actor(caller: Caller = owner): Promise<string> {
    const { token } = await this.#deployment.connect(caller);
    const jwt = typeof token === 'string' ? token : await token();
    const { sub } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as {
      sub: string;
    };
    return `${caller.roles.includes('platform') ? 'platform' : 'user'}:${sub}`;
  }

  /** A request as it stands, for what a typed client does not show: status, header fields, what is refused. */
  async request(method: string, path: string, options: Request = {}): Promise<Response> {
    const { body, headers, caller = owner } = options;
    const { url, token } = await this.#deployment.connect(caller);
    return announced(url + path, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** Publishes a program of the scenarios, once for each tenant. */
  async publish(program: ProgramName, caller: Caller = owner): Promise<void> {
    const key = `${caller.tenant}/${program}`;
    const known = this.#published.get(key);
    const published = known ?? this.#publish(program, caller);
    this.#published.set(key, published);
    await published;
  }

  /** Starts a run of a program of the scenarios. */
  async start(program: ProgramName, input: Json = null, options: StartOptions = {}): Promise<Run> {
    const { caller = owner, ...more } = options;
    await this.publish(program, caller);
    return (await this.client(caller)).startRun({ agent: program, input, ...more });
  }

  /** The run once it has ended. */
  async ended(run: string, caller: Caller = owner): Promise<Run> {
    const client = await this.client(caller);
    for (;;) {
      const now = await client.getRun(run, { wait: 20 });
      if (now.endedAt !== undefined) return now;
    }
  }

  /** The run once it has ended, which must be in this way. */
  async endedAs(status: RunStatus, run: string, caller: Caller = owner): Promise<Run> {
    const ended = await this.ended(run, caller);
    assert.equal(ended.status, status, `${run} ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
    return ended;
  }

  /** What a run gave back, which must succeed. */
  async output<T = Json>(run: string, caller: Caller = owner): Promise<T> {
    const ended = await this.endedAs('succeeded', run, caller);
    return (await (await this.client(caller)).outputOf(ended)) as T;
  }

  /** Starts a run and waits for what it gives back. */
  async outputOf<T = Json>(program: ProgramName, input?: Json, options?: StartOptions): Promise<T> {
    const { run } = await this.start(program, input, options);
    return this.output<T>(run, options?.caller);
  }

  /** The first event of a type, as soon as there is one: of the whole run, or after an event that is known. */
  async event(run: string, type: string, after = 0): Promise<RunEvent> {
    const client = await this.client();
    for await (const event of client.events(run, { after })) if (event.type === type) return event;
    throw new assert.AssertionError({ message: `${run} ended without ${type}` });
  }

  /** The whole log of a run that has ended. */
  async log(run: string, caller: Caller = owner): Promise<RunEvent[]> {
    return Array.fromAsync((await this.client(caller)).events(run));
  }

  /** The approval that a run asks for, as soon as it does. */
  async approval(run: string, caller: Caller = owner): Promise<Approval> {
    const client = await this.client(caller);
    for await (const { type } of client.events(run)) if (type === 'approval.requested') break;
    const { items } = await client.listApprovals({ run });
    assert.ok(items[0], `${run} asks for no approval`);
    return items[0];
  }

  /** The run that a run calls, once it exists: a moment after the call is recorded. */
  async child(parent: string): Promise<string> {
    await this.event(parent, 'operation.requested');
    const client = await this.client();
    const { run } = await this.until(
      async () => (await client.listRuns({ parent })).items[0],
      (found) => found !== undefined,
    );
    return run;
  }

  /** What is asked for, once it is as it should be. Asked ever less often: others need the deployment too. */
  async until<T, S extends T>(ask: () => Promise<T>, isSo: (answer: T) => answer is S): Promise<S>;
  async until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T>;
  async until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
    for (let waitMs = 10; ; waitMs = Math.min(2 * waitMs, 500)) {
      const answer = await ask();
      if (isSo(answer)) return answer;
      await pause(waitMs);
    }
  }

  async #publish(program: ProgramName, caller: Caller): Promise<void> {
    const client = await this.client(caller);
    await client.publishVersion(program, { number: '1.0.0', bundle: await bundleOf(program) });
  }
}

/** The one-file program of a program of the scenarios. */
export async function bundleOf(program: ProgramName): Promise<string> {
  const { code } = await bundleProgram(fileURLToPath(new URL(`agents/${program}.ts`, import.meta.url)));
  return code;
}

/** The refusal that a call must end with. */
export async function refused(call: Promise<unknown>, status: number, code: string): Promise<ApiError> {
  const error = await call.then(
    () => assert.fail(`It was not refused as ${code}`),
    (refusal: unknown) => refusal,
  );
  assert.ok(isApiError(error), String(error));
  assert.deepEqual([error.status, error.code], [status, code], error.message);
  return error;
}
