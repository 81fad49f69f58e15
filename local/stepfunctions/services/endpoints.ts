import type { Place } from '../arns.ts';

/** What an EventBridge connection adds to a request of `http:invoke`. */
export interface Connection {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Members added to a body that is an object. */
  readonly body?: Readonly<Record<string, string>>;
  readonly basic?: { readonly username: string; readonly password: string };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where services are reached. Without an entry nothing is called: never a cloud that nobody has named. */
export interface Endpoints extends Place {
  /** Addresses by service, as `AWS_ENDPOINT_URL_<SERVICE>` names it, in lower case without underscores: `secretsmanager`. */
  readonly byService: Readonly<Record<string, string>>;
  /** For services without an entry of their own. */
  readonly default?: string;
  readonly credentials: Credentials;
  /** Functions by name, each at a URL that takes its event by POST. */
  readonly functions: Readonly<Record<string, string>>;
  /** By ARN or name. */
  readonly connections: Readonly<Record<string, Connection>>;
  /** Whether `http:invoke` and `apigateway:invoke` may reach link-local addresses, where clouds keep credentials. */
  readonly linkLocal: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What local counterparts of AWS accept. */
const dummy: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const variable = /^AWS_ENDPOINT_URL_([A-Z0-9_]+)$/;

/** The endpoints of an environment, as the SDKs of AWS read it; `given` goes before it. */
export function endpointsFrom(environment: Environment, given: Partial<Endpoints> = {}): Endpoints {
  const named = Object.entries(environment).flatMap(([name, url]) => {
    const service = variable.exec(name)?.[1];
    return service === undefined || !url ? [] : [[service.replaceAll('_', '').toLowerCase(), url]];
  });
  const fallback = given.default ?? (environment['AWS_ENDPOINT_URL'] || undefined);
  return {
    region: given.region ?? (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1'),
    account: given.account ?? '000000000000',
    byService: { ...Object.fromEntries(named), ...given.byService },
    ...(fallback === undefined ? {} : { default: fallback }),
    credentials: given.credentials ?? credentialsFrom(environment),
    functions: given.functions ?? {},
    connections: given.connections ?? {},
    linkLocal: given.linkLocal ?? false,
  };
}

function credentialsFrom(environment: Environment): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) return dummy;
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** Services that resources name otherwise than endpoints do. */
const otherNames: Readonly<Record<string, string>> = { states: 'sfn', events: 'eventbridge' };

/** The address of a service, as resources name it. */
export function endpointOf({ byService, default: fallback }: Endpoints, service: string): string | undefined {
  const name = otherNames[service] ?? service;
  return Object.hasOwn(byService, name) ? byService[name] : fallback;
}
