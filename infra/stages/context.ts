import * as z from 'zod';
import { stageName } from '../../shared/protocol/primitives.ts';
import { deploymentInvalid } from './deployment-invalid.ts';

const switched = z.enum(['on', 'off']);
const listed = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}(,[a-z0-9][a-z0-9-]{0,62})*$/)
  .transform((names) => [...new Set(names.split(','))])
  // An issuer has 20 audiences at most: one is the command line, one who runs the platform.
  .refine((names) => names.length <= 18);

/** Every key that `-c key=value` may have, and what it takes. */
const keys = {
  stage: {
    takes: 'dev, prod, twin, or a name of your own',
    schema: stageName(),
  },
  account: { takes: 'the 12 digits of an AWS account', schema: z.string().regex(/^\d{12}$/) },
  region: { takes: 'a region such as eu-central-1', schema: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/) },
  stateStore: { takes: 'dynamodb or aurora', schema: z.enum(['dynamodb', 'aurora']) },
  tasks: { takes: 'on or off', schema: switched },
  gpu: { takes: 'on or off', schema: switched },
  firewall: { takes: 'on or off', schema: switched },
  tenants: { takes: 'names of at most 18 tenants with commas between', schema: listed },
  alarmEmail: { takes: 'an e-mail address', schema: z.email() },
} as const;

type Key = keyof typeof keys;

/** What was given with `-c`; absent what was not. */
export type Context = { readonly [K in Key]?: z.output<(typeof keys)[K]['schema']> };

const isKey = (name: string): name is Key => Object.hasOwn(keys, name);

/** Keys of the CDK command line that have no colon. */
const ofCdk = ['cdk-migrate', 'cli-telemetry'];

/** Keys of CDK itself: feature flags, its own settings, and what it has looked up. */
const isOfCdk = (name: string) => /[:@/]/.test(name) || ofCdk.includes(name);

/** Reads the context of a synthesis; throws `deployment.invalid` with every fault. */
export function readContext(given: Readonly<Record<string, unknown>>): Context {
  const ours = Object.entries(given).filter(([name]) => !isOfCdk(name));
  const unknown = ours.map(([name]) => name).filter((name) => !isKey(name));
  if (unknown.length > 0) {
    throw deploymentInvalid(
      `There is no context key ${unknown.join(', ')}; there are ${Object.keys(keys).join(', ')}.`,
    );
  }
  return Object.fromEntries(ours.map(([name, value]) => [name, readValue(name as Key, value)]));
}

function readValue(name: Key, value: unknown) {
  const { schema, takes } = keys[name];
  const read = schema.safeParse(typeof value === 'string' ? value : JSON.stringify(value));
  if (!read.success) throw deploymentInvalid(`\`-c ${name}=\` takes ${takes}.`);
  return read.data;
}

/** The context of a stage as words, which `npx tandem deploy` keeps to the next time: none of where it is, or how it is called. */
export function contextWords({ stage: _, account: __, region: ___, ...asked }: Context): string {
  return Object.entries(asked)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(' ');
}
