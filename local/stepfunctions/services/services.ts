import type { Json } from '../../../shared/domain/json.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { states } from '../errors/names.ts';
import { describeResource, type ResourceDescription, unusable } from './describe.ts';
import type { Endpoints } from './endpoints.ts';
import { apiGateway } from './http/api-gateway.ts';
import { httpTask } from './http/http-task.ts';
import type { NestedExecutions } from './nested-executions.ts';
import { runTask } from './optimized/ecs-run-task.ts';
import { lambdaInvoke } from './optimized/lambda-invoke.ts';
import { putEvents } from './optimized/put-events.ts';
import { remoteExecutions } from './optimized/remote-executions.ts';
import { optimizedRequest } from './optimized/request.ts';
import { startExecution } from './optimized/start-execution.ts';
import { type RemoteFunction, remoteFunction } from './remote-functions.ts';
import { Sdk } from './sdk/sdk.ts';
import { processEnds, type Service, type ServiceCall, ServiceFailure } from './service.ts';
import { phaseOf, type Tools } from './tools.ts';

export interface ServicesOptions {
  readonly endpoints: Endpoints;
  readonly clock: Clock;
  /** The engine's own executions; without it all of them are behind the endpoint of `states`. */
  readonly nested?: NestedExecutions;
  /** Clients of the AWS SDK that do not come with the engine are looked for here and above; default: the current folder. */
  readonly folder?: string;
  /** Milliseconds between two looks at a container or at an execution elsewhere; default 1,000. */
  readonly pollMs?: number;
}

/** Integrations with a rule of their own; all others pass parameters on and answers back. */
const table: Readonly<Record<string, (tools: Tools) => Service>> = {
  'apigateway:invoke': apiGateway,
  'dynamodb:getItem': (tools) => optimizedRequest(tools, { repeatable: true }),
  'ecs:runTask': runTask,
  'events:putEvents': (tools) => optimizedRequest(tools, putEvents),
  'http:invoke': httpTask,
  'lambda:invoke': (tools) => optimizedRequest(tools, lambdaInvoke),
  'states:startExecution': (tools) => startExecution((arn) => executionsAt(tools, arn)),
};

/** What `Resource`s of tasks stand for. */
export class Services {
  readonly #tools: Tools;
  readonly #found = new Map<string, Service | undefined>();
  readonly #closing = new AbortController();

  constructor({ endpoints, clock, nested, folder = process.cwd(), pollMs = 1_000 }: ServicesOptions) {
    this.#tools = { endpoints, clock, nested, pollMs, sdk: new Sdk(endpoints, folder) };
  }

  /** By its ARN; `undefined` when there is none of that name, as `describeResource` tells. */
  find(resource: string): Service | undefined {
    if (!this.#found.has(resource)) {
      const description = describeResource(resource);
      const service = description && checked(description, serviceOf(description, this.#tools));
      this.#found.set(resource, service && until(this.#closing.signal, service));
    }
    return this.#found.get(resource);
  }

  /** A function that is not of the project, by name or ARN; `undefined` when nobody has said where it is. */
  findFunction(nameOrArn: string): RemoteFunction | undefined {
    return remoteFunction(nameOrArn, this.#tools.endpoints, this.#tools.sdk);
  }

  /** Gives up what is waited for, without stopping it, and ends connections that are kept open. */
  close(): Promise<void> {
    this.#closing.abort(processEnds);
    return this.#tools.sdk.close();
  }
}

function serviceOf(description: ResourceDescription, tools: Tools): Service {
  const { service, action, sdk } = description;
  if (sdk !== undefined) return passedOn(sdk, description, tools);
  const name = `${service}:${action}`;
  const made = Object.hasOwn(table, name) ? table[name]?.(tools) : optimizedRequest(tools);
  return made ?? optimizedRequest(tools);
}

/** Looks at parameters once more, and refuses to wait for what nobody can wait for here. */
function checked(description: ResourceDescription, service: Service): Service {
  const { pattern, name } = description;
  const start = async (call: ServiceCall): Promise<Json> => {
    const cause = unusable(description, call.parameters);
    if (cause !== undefined) throw new ServiceFailure({ error: states.runtime, cause, phase: 'start' });
    if (pattern.startsWith('sync') && service.finish === undefined) {
      const cause = `Nothing here can wait for the end of ${name}.`;
      throw new ServiceFailure({ error: states.runtime, cause, phase: 'start' });
    }
    return service.start(call);
  };
  return { ...service, start };
}

/** Gives up when `closing` aborts, too. */
function until(closing: AbortSignal, { start, finish, repeatable }: Service): Service {
  const bounded = (call: ServiceCall): ServiceCall => ({
    ...call,
    signal: AbortSignal.any([call.signal, closing]),
  });
  return {
    repeatable,
    start: (call) => start(bounded(call)),
    ...(finish === undefined ? {} : { finish: (call, submitted) => finish(bounded(call), submitted) }),
  };
}

/** Actions that only look. */
const looking = /^(get|list|describe|head|query|scan|batchGet|search|lookup)(?![a-z])/;

/** `aws-sdk:<service>:<action>`: the service's own answer, with nothing around it. */
function passedOn(service: string, { action, pattern }: ResourceDescription, { sdk }: Tools): Service {
  return {
    repeatable: looking.test(action),
    async start({ parameters, signal }) {
      const answer = await sdk.send({
        service,
        action,
        parameters,
        style: 'sdk',
        phase: phaseOf(pattern),
        signal,
      });
      return answer.result;
    },
  };
}

/** Executions of this engine, or of another account or region behind the endpoint. */
function executionsAt(tools: Tools, arn: string): NestedExecutions {
  const { nested, endpoints } = tools;
  const [, , , region, account] = arn.split(':');
  const isOwn = !arn.startsWith('arn:') || (region === endpoints.region && account === endpoints.account);
  return nested !== undefined && isOwn ? nested : remoteExecutions(tools);
}
