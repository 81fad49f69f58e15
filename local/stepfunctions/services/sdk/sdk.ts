import type { JsonObject } from '../../../../shared/domain/json.ts';
import { states } from '../../errors/names.ts';
import { unusableBecause } from '../describe.ts';
import { type Endpoints, endpointOf } from '../endpoints.ts';
import { type FailurePhase, ServiceFailure } from '../service.ts';
import { type ClientModule, clientOf, commandOf, loadClient } from './clients.ts';
import { type Command, type Operation, operationOf, readStreams, watch } from './command.ts';
import { failureOf } from './failure.ts';
import { guarded, type RequestHandler } from './guard.ts';
import { toInput } from './input.ts';
import type { Answered } from './metadata.ts';
import type { Style } from './names.ts';
import { fromOutput } from './output.ts';
import { notConfigured, notInstalled } from './setup-failures.ts';

export interface SdkRequest {
  /** As resources name it. */
  readonly service: string;
  readonly action: string;
  readonly parameters: JsonObject;
  readonly style: Style;
  readonly phase: FailurePhase;
  readonly signal: AbortSignal;
}

export interface SdkAnswer extends Answered {
  readonly result: JsonObject;
  readonly requestId: string;
}

interface Client {
  readonly config: { requestHandler: RequestHandler; readonly serviceId: string };
  send(command: Command, options: { readonly abortSignal: AbortSignal }): Promise<Output>;
  destroy(): void;
}

interface Output {
  readonly $metadata: { readonly requestId?: string };
}

interface Connected {
  readonly module: ClientModule;
  readonly client: Client;
}

/** A state's Retry decides what is tried again, and the address is the endpoint's whatever a parameter says. */
const settings = {
  maxAttempts: 1,
  accountIdEndpointMode: 'disabled',
  disableHostPrefix: true,
  disableS3ExpressSessionAuth: true,
  forcePathStyle: true,
  responseChecksumValidation: 'WHEN_REQUIRED',
  useArnRegion: false,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  useQueueUrlAsEndpoint: false,
} as const;

/** Calls services through the clients of the AWS SDK, each loaded and made when it is first used. */
export class Sdk {
  readonly #endpoints: Endpoints;
  readonly #folder: string;
  readonly #connected = new Map<string, Promise<Connected>>();

  /** Clients that do not come with the engine are looked for in `folder` and above it. */
  constructor(endpoints: Endpoints, folder: string) {
    this.#endpoints = endpoints;
    this.#folder = folder;
  }

  /** Rejects with `ServiceFailure`, or with the reason of the signal. */
  async send(request: SdkRequest): Promise<SdkAnswer> {
    const connected = await this.#connect(request);
    const { command, output } = await commandFor(connected, request);
    request.signal.throwIfAborted();
    const answered = watch(command);
    try {
      const answer = await connected.client.send(command, { abortSignal: request.signal });
      const { requestId = '' } = answer.$metadata;
      const result = fromOutput(output, await readStreams(answer), request.style);
      return { ...answered(), requestId, result };
    } catch (error) {
      request.signal.throwIfAborted();
      const { module, client } = connected;
      throw failureOf(error, { ...request, module, serviceId: client.config.serviceId });
    }
  }

  /** Ends connections that are kept open. */
  async close(): Promise<void> {
    const connected = await Promise.allSettled(this.#connected.values());
    for (const one of connected) if (one.status === 'fulfilled') one.value.client.destroy();
  }

  #connect({ service, style }: SdkRequest): Promise<Connected> {
    const kept = this.#connected.get(service);
    if (kept !== undefined) return kept;
    const making = this.#make(service, style);
    this.#connected.set(service, making);
    making.catch(() => this.#connected.delete(service));
    return making;
  }

  async #make(service: string, style: Style): Promise<Connected> {
    const endpoint = endpointOf(this.#endpoints, service);
    if (endpoint === undefined) throw notConfigured(service, style);
    const module = await loadClient(service, this.#folder);
    const Client = module === undefined ? undefined : clientOf<Client>(module);
    if (module === undefined || Client === undefined) throw notInstalled(service, style);
    const { region, credentials } = this.#endpoints;
    const client = new Client({ ...settings, endpoint, region, credentials });
    client.config.requestHandler = guarded(client.config.requestHandler, new URL(endpoint));
    return { module, client };
  }
}

async function commandFor(
  { module }: Connected,
  { service, action, parameters, style }: SdkRequest,
): Promise<Pick<Operation, 'output'> & { readonly command: Command }> {
  const Constructor = commandOf<Command>(module, action);
  if (Constructor === undefined) {
    throw unfit(`The service ${service} has no action ${action}, as far as its client knows.`);
  }
  const { input, output } = await operationOf(new Constructor({}));
  const { value, problems } = toInput(input, parameters, style);
  const cause = unusableBecause(parameters, problems);
  if (cause !== undefined) throw unfit(cause);
  return { command: new Constructor(value), output };
}

function unfit(cause: string): ServiceFailure {
  return new ServiceFailure({ error: states.runtime, cause, phase: 'start' });
}
