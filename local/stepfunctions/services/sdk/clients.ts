import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { capitalised } from './names.ts';

/** A package `@aws-sdk/client-…`, whichever it is. */
export type ClientModule = Readonly<Record<string, unknown>>;

/** Clients that are installed with the engine, by service as resources name it; each is loaded when first used. */
const own: Readonly<Record<string, () => Promise<ClientModule>>> = {
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  ecs: () => import('@aws-sdk/client-ecs'),
  eventbridge: () => import('@aws-sdk/client-eventbridge'),
  events: () => import('@aws-sdk/client-eventbridge'),
  lambda: () => import('@aws-sdk/client-lambda'),
  s3: () => import('@aws-sdk/client-s3'),
  sfn: () => import('@aws-sdk/client-sfn'),
  sns: () => import('@aws-sdk/client-sns'),
  sqs: () => import('@aws-sdk/client-sqs'),
  states: () => import('@aws-sdk/client-sfn'),
};

/** Packages that are named in words although the resource is not; for telling what to install. */
const inWords = [
  'api-gateway',
  'auto-scaling',
  'bedrock-runtime',
  'cloudwatch-logs',
  'cognito-identity-provider',
  'config-service',
  'cost-explorer',
  'elastic-load-balancing-v2',
  'resource-groups-tagging-api',
  'route-53',
  'secrets-manager',
  'service-catalog',
] as const;

const withoutHyphens = (text: string): string => text.replaceAll('-', '');

/** The package that a service needs, as far as that can be told from its name. */
export function packageOf(service: string): string {
  const name = inWords.find((words) => withoutHyphens(words) === withoutHyphens(service));
  return `@aws-sdk/client-${name ?? service}`;
}

/** The client of a service: one of ours, or one that stands in `folder` or above it; `undefined` if there is none. */
export async function loadClient(service: string, folder: string): Promise<ClientModule | undefined> {
  if (Object.hasOwn(own, service)) return own[service]?.();
  const path = installed(service, folder);
  return path === undefined ? undefined : ((await import(pathToFileURL(path).href)) as ClientModule);
}

function installed(service: string, folder: string): string | undefined {
  const require = createRequire(join(folder, 'package.json'));
  const scopes = (require.resolve.paths('@aws-sdk/client') ?? []).map((modules) => join(modules, '@aws-sdk'));
  for (const scope of scopes.filter((path) => existsSync(path))) {
    const wanted = withoutHyphens(`client-${service}`);
    const found = readdirSync(scope).find((name) => withoutHyphens(name) === wanted);
    if (found !== undefined) return require.resolve(`@aws-sdk/${found}`);
  }
  return;
}

type Constructor<T> = new (options: Readonly<Record<string, unknown>>) => T;

const isConstructor = <T>(value: unknown): value is Constructor<T> => typeof value === 'function';

/** Looks an export up whatever its capitals: `listObjectsV2`, `ListObjectsV2Command`. */
function exported<T>(module: ClientModule, name: string): Constructor<T> | undefined {
  const exact = module[name];
  if (isConstructor<T>(exact)) return exact;
  const key = Object.keys(module).find((one) => one.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : module[key];
  return isConstructor<T>(value) ? value : undefined;
}

export const commandOf = <T>(module: ClientModule, action: string): Constructor<T> | undefined =>
  exported<T>(module, `${capitalised(action)}Command`);

/** The class that talks. */
export function clientOf<T>(module: ClientModule): Constructor<T> | undefined {
  const name = Object.keys(module).find((key) => /^[A-Za-z0-9]+Client$/.test(key));
  return name === undefined ? undefined : exported<T>(module, name);
}

/** Whether an error is one that the service's model names, and no general one. */
export const isModelled = (module: ClientModule, name: string): boolean =>
  typeof module[name] === 'function' && !/.ServiceException$/.test(name);
