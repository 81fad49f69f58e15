import * as z from 'zod';
import { stageName } from '../primitives.ts';
import { type Reader, setting } from './about.ts';
import { jsonText } from './json-text.ts';
import { oidcIssuers } from './oidc-issuers.ts';
import { spaceTasks } from './space-tasks.ts';
import { usageKeys } from './usage-keys.ts';

const text = () => z.string().min(1);

const port = () =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().max(65_535));

const whole = () =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(1_000_000));

const address = () => z.string().regex(/^https?:\/\/\S+$/);

const spaceTasksText = () => jsonText().pipe(spaceTasks());

const rate = () => z.union([z.literal('off'), whole()]);

const logLevel = () =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['debug', 'info', 'warn', 'error', 'silent']));

/**
 * Every variable of the environment that Tandem reads, in the order of the guide. `docs/guides/configuration.md` is
 * made from this by `node scripts/write-configuration-guide.ts`.
 */
export const environment = {
  TANDEM_DATA: setting(text, {
    readers: ['server', 'command line'],
    meaning: 'The folder that holds everything: logs, workspaces, artefacts, keys.',
    takes: 'the path of a folder',
    otherwise: '`.tandem` in the current folder; for the command line the nearest one from there upwards',
    flag: 'data',
  }),
  TANDEM_HOST: setting(() => text().regex(/^[\w.:%-]+$/), {
    readers: ['server'],
    meaning:
      'The address that the server listens on; another than of this machine can be reached from outside.',
    takes: 'an address such as 127.0.0.1',
    otherwise: '`127.0.0.1`',
    flag: 'host',
  }),
  TANDEM_PORT: setting(port, {
    readers: ['server'],
    meaning: 'The port that the server listens on; 0 means any that is free.',
    takes: 'a number from 0 to 65535',
    otherwise: 'the first free one from 4400 on',
    flag: 'port',
  }),
  TANDEM_METRICS_PORT: setting(() => z.union([z.literal('off'), port()]), {
    readers: ['server'],
    meaning: 'The port of `GET /metrics`, for Prometheus on this machine; one that is taken is warned about.',
    takes: 'a number from 0 to 65535, or off',
    otherwise: 'the first free one from 4450 on',
  }),
  TANDEM_PUBLIC_URL: setting(() => z.string().regex(/^https?:\/\/[^\s/?#]+$/), {
    readers: ['server'],
    meaning: 'Where others reach the server, behind a proxy for instance: the name of its issuer.',
    takes: 'an address without a path, like https://tandem.example.com',
    otherwise: 'the address that it listens on',
  }),
  TANDEM_TLS: setting(() => z.enum(['on', 'off']), {
    readers: ['server'],
    meaning: 'Whether the server speaks HTTPS, with a certificate that it makes itself.',
    takes: 'on or off',
    otherwise: '`off`, unless a certificate is given',
    flag: 'tls',
  }),
  TANDEM_TLS_CERT: setting(text, {
    readers: ['server'],
    meaning: 'A certificate of your own, with those that vouch for it, as PEM.',
    takes: 'the path of a file',
    otherwise: 'none',
    flag: 'tls-cert',
  }),
  TANDEM_TLS_KEY: setting(text, {
    readers: ['server'],
    meaning: 'The private key of the certificate, as PEM.',
    takes: 'the path of a file',
    otherwise: 'none',
    flag: 'tls-key',
  }),
  TANDEM_AUTH: setting(() => z.enum(['tokens', 'none']), {
    readers: ['server'],
    meaning:
      'How callers are known; with `none` everybody who reaches the server is an admin of the tenant `local`, which it allows on loopback only.',
    takes: 'tokens or none',
    otherwise: '`tokens`',
    flag: 'auth',
  }),
  TANDEM_OIDC: setting(oidcIssuers, {
    readers: ['server', 'function'],
    meaning: 'Issuers elsewhere whose tokens are taken as well.',
    takes: 'JSON of one issuer or a list of them, as docs/guides/identity.md describes',
    otherwise: 'the issuer of the data folder alone',
  }),
  TANDEM_SHARED_SECRET: setting(() => z.string().regex(/^[\x21-\x7e]{32,512}$/), {
    readers: ['server'],
    meaning: 'A bearer token that everybody who has it may use.',
    takes: 'at least 32 characters without blanks',
    otherwise: 'none',
    secret: true,
  }),
  TANDEM_SHARED_SECRET_TENANT: setting(() => z.string().regex(/^(?!platform$)[a-z0-9][a-z0-9-]{0,62}$/), {
    readers: ['server'],
    meaning: 'The tenant of who brings the shared secret.',
    takes: 'the name of a tenant: lower-case letters, digits and hyphens',
    otherwise: '`local`',
  }),
  TANDEM_SHARED_SECRET_ROLE: setting(() => z.enum(['user', 'operator', 'admin']), {
    readers: ['server'],
    meaning: 'The role of who brings the shared secret.',
    takes: 'user, operator or admin',
    otherwise: '`user`',
  }),
  TANDEM_AUTH_HOOK: setting(text, {
    readers: ['server'],
    meaning: "A module of the host's own that is asked about every credential that nothing else knows.",
    takes: 'the path of a JavaScript or TypeScript module',
    otherwise: 'none',
  }),
  TANDEM_RATE_LIMIT: setting(rate, {
    readers: ['server'],
    meaning: 'Requests a second that one caller may make; twice as many at once after a rest.',
    takes: 'a whole number from 1 to 1000000, or off',
    otherwise: '2000',
  }),
  TANDEM_RATE_LIMIT_TENANT: setting(rate, {
    readers: ['server'],
    meaning: 'Requests a second that all callers of one tenant may make together.',
    takes: 'a whole number from 1 to 1000000, or off',
    otherwise: '10000',
  }),
  TANDEM_RATE_LIMIT_STRANGERS: setting(rate, {
    readers: ['server'],
    meaning: 'Requests a second that one address may make without a good credential.',
    takes: 'a whole number from 1 to 1000000, or off',
    otherwise: '500',
  }),
  TANDEM_LONG_POLLS: setting(whole, {
    readers: ['server'],
    meaning: 'Requests of one caller that may wait for news (`wait=`) at the same time.',
    takes: 'a whole number from 1 to 1000000',
    otherwise: '2000',
  }),
  TANDEM_LOG_LEVEL: setting(logLevel, {
    readers: ['server', 'command line', 'function'],
    meaning:
      'The least level of lines in the log; with `debug` the command line shows where an error happened.',
    takes: 'debug, info, warn, error or silent',
    otherwise: '`info`',
  }),
  TANDEM_WEBHOOKS_PRIVATE: setting(() => z.enum(['allow']), {
    readers: ['server', 'function'],
    meaning:
      'For development: webhooks may lead to http, to this machine and to its networks, which tenants could then reach.',
    takes: 'allow',
    otherwise: 'https to the public internet only',
  }),
  TANDEM_URL: setting(() => text().regex(/^https?:\/\/[^\s/]+\S*$/), {
    readers: ['command line'],
    meaning: 'The server to talk to, wherever it runs.',
    takes: 'an address like http://127.0.0.1:4400',
    otherwise: 'the server of the data folder',
  }),
  TANDEM_TOKEN: setting(() => text().regex(/^[\x21-\x7e]+$/), {
    readers: ['command line'],
    meaning: 'The token for the server, whichever it is.',
    takes: 'a token without blanks',
    otherwise: 'that of `tandem login`, or the one in the data folder for its server',
    secret: true,
  }),
  TANDEM_OPERATION: setting(text, {
    readers: ['worker'],
    meaning: 'The run and the number of the operation; every process of a command can read it.',
    takes: 'a run and a number, with a hyphen between',
    otherwise: 'not a worker',
  }),
  TANDEM_SPACE: setting(text, {
    readers: ['worker'],
    meaning: 'The mark by which the server finds what a command has left running.',
    takes: 'a text',
    otherwise: 'not a worker',
  }),
  TANDEM_REPORT: setting(text, {
    readers: ['worker', 'function'],
    meaning: 'Where a worker reports.',
    takes: 'an address',
    otherwise: 'not a worker',
  }),
  TANDEM_TICKET: setting(text, {
    readers: ['worker'],
    meaning: 'What lets a worker report on its one operation.',
    takes: 'a ticket',
    otherwise: 'not a worker',
    secret: true,
  }),
  TANDEM_WORKER: setting(text, {
    readers: ['worker'],
    meaning: 'How the worker is known to who started it.',
    takes: 'JSON',
    otherwise: 'its process id',
  }),
  TANDEM_CERTIFICATE: setting(text, {
    readers: ['worker'],
    meaning: 'The certificate that the server shows, where it speaks HTTPS.',
    takes: 'PEM',
    otherwise: 'what the system trusts',
  }),
  TANDEM_PLACEMENT: setting(text, {
    readers: ['worker'],
    meaning: 'Where the worker was put, and why nowhere else, for the log of its run.',
    takes: 'JSON',
    otherwise: 'there was no choice',
  }),
  TANDEM_ORIGINS: setting(text, {
    readers: ['worker', 'function'],
    meaning: 'Where workers connect instead of an origin, which stays the one they ask for.',
    takes: 'JSON of addresses by origin',
    otherwise: 'to where the origin says',
  }),
  TANDEM_LAUNCHER_IMAGE: setting(text, {
    readers: ['function'],
    meaning: 'The image that the launcher of the Compose twin starts for each task.',
    takes: 'the name of an image',
    otherwise: '`tandem/space`',
  }),
  TANDEM_LAUNCHER_NETWORK: setting(text, {
    readers: ['function'],
    meaning: 'The Docker network that tasks are in: one in which they find nobody but the gateway.',
    takes: 'the name of a network',
    otherwise: '`bridge`',
  }),
  TANDEM_LAUNCHER_TWIN: setting(text, {
    readers: ['function'],
    meaning: 'Tells the tasks of one twin from those of another on the same machine.',
    takes: 'a name',
    otherwise: '`twin`',
  }),
  TANDEM_FOLDER: setting(text, {
    readers: ['worker'],
    meaning: 'A folder for this worker alone.',
    takes: 'the path of a folder that exists',
    otherwise: 'a new one',
  }),
  TANDEM_STAGE: setting(() => stageName(), {
    readers: ['function'],
    meaning: 'The stage that a function is deployed in; everything there has it in its name.',
    takes: 'the name of a stage',
    otherwise: 'not a deployed function',
  }),
  TANDEM_STORE: setting(() => z.enum(['dynamodb', 'postgres']), {
    readers: ['function'],
    meaning: 'Where logs and records are kept.',
    takes: 'dynamodb or postgres',
    otherwise: '`dynamodb`',
  }),
  TANDEM_TABLE: setting(() => text().regex(/^[a-zA-Z0-9_.-]{1,200}$/), {
    readers: ['function'],
    meaning: 'What the names of the tables in DynamoDB begin with.',
    takes: 'a name such as tandem-dev',
    otherwise: 'not kept in DynamoDB',
  }),
  TANDEM_POSTGRES: setting(() => text().regex(/^postgres:\/\/\S+$/), {
    readers: ['function'],
    meaning: 'The database, where logs and records are kept in PostgreSQL.',
    takes: 'an address like postgres://user@host:5432/tandem',
    otherwise: 'not kept in PostgreSQL',
    secret: true,
  }),
  TANDEM_POSTGRES_AUTH: setting(() => z.enum(['iam', 'password']), {
    readers: ['function'],
    meaning: 'How a function signs in to the database: with its role, or with the password in the address.',
    takes: 'iam or password',
    otherwise: '`iam`',
  }),
  TANDEM_POSTGRES_OWNER: setting(text, {
    readers: ['function'],
    meaning:
      'The secret with name and password of who owns the database, for the function that makes its user.',
    takes: 'the name or ARN of a secret',
    otherwise: 'no right to it',
  }),
  TANDEM_BUCKET: setting(() => text().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), {
    readers: ['function'],
    meaning: 'The bucket of blobs.',
    takes: 'the name of a bucket',
    otherwise: 'no right to it',
  }),
  TANDEM_SIGNED_URL: setting(() => z.string().regex(/^https?:\/\/[^\s/?#]+$/), {
    readers: ['function'],
    meaning: 'Where others reach the blob store, if that is elsewhere than it is for a function.',
    takes: 'an address without a path, like http://localhost:4400',
    otherwise: 'the address of S3',
  }),
  TANDEM_BLOBS_CREDENTIALS: setting(() => z.string().regex(/^[^:\s]+:\S+$/), {
    readers: ['function'],
    meaning: 'Credentials of the blob store, where it has its own.',
    takes: 'an id and a secret, with a colon between',
    otherwise: 'those of the function',
    secret: true,
  }),
  TANDEM_MACHINE: setting(() => text().regex(/^arn:\S+$/), {
    readers: ['function'],
    meaning: 'The state machine that carries runs, or an alias or version of it.',
    takes: 'an ARN',
    otherwise: 'no right to it',
  }),
  TANDEM_RECONCILE_QUEUE: setting(address, {
    readers: ['function'],
    meaning: 'The queue of runs that the reconciler is asked to look at.',
    takes: 'the address of a queue',
    otherwise: 'no right to it',
  }),
  TANDEM_REFUSALS_QUEUE: setting(address, {
    readers: ['function'],
    meaning: 'The queue of refusals that the audit logs are to hold.',
    takes: 'the address of a queue',
    otherwise: 'no right to it',
  }),
  TANDEM_LIVE_QUEUE: setting(address, {
    readers: ['function'],
    meaning: 'The queue of news that subscribers are told.',
    takes: 'the address of a queue',
    otherwise: 'no right to it',
  }),
  TANDEM_CONNECTIONS: setting(address, {
    readers: ['function'],
    meaning: 'Where frames are sent to connections of the live channel: the WebSocket API with its stage.',
    takes: 'an address like https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/dev',
    otherwise: 'no right to it',
  }),
  TANDEM_PROGRAM_FUNCTION: setting(text, {
    readers: ['function'],
    meaning: 'The function that runs programs.',
    takes: 'the name of a function',
    otherwise: 'no right to it',
  }),
  TANDEM_SPACE_FUNCTION: setting(text, {
    readers: ['function'],
    meaning: 'The function that runs short commands.',
    takes: 'the name of a function',
    otherwise: 'no right to it',
  }),
  TANDEM_SPACE_TASKS: setting(spaceTasksText, {
    readers: ['function'],
    meaning: 'Where long commands run as ECS tasks.',
    takes: 'JSON of a cluster, a task definition, its container, subnets, security groups and capacities',
    otherwise: 'long commands run in the function as well, up to 13 minutes',
  }),
  TANDEM_SPACE_TENANCY: setting(() => z.enum(['on', 'off']), {
    readers: ['function'],
    meaning: 'Whether the functions that run what tenants wrote keep an environment for each tenant.',
    takes: 'on or off',
    otherwise: '`off`',
  }),
  TANDEM_KEY_TICKETS: setting(text, {
    readers: ['function'],
    meaning: 'The secret that the key of tickets is derived from.',
    takes: 'the id of a secret in Secrets Manager',
    otherwise: 'no right to it',
  }),
  TANDEM_KEY_HEADS: setting(text, {
    readers: ['function'],
    meaning: 'The secret that the key is derived from which signs the heads of ended runs.',
    takes: 'the id of a secret in Secrets Manager',
    otherwise: 'no right to it',
  }),
  TANDEM_KEY_WEBHOOKS: setting(text, {
    readers: ['function'],
    meaning: 'The secret that the secrets of webhooks are derived from.',
    takes: 'the id of a secret in Secrets Manager',
    otherwise: 'no right to it',
  }),
  TANDEM_USAGE_KEYS: setting(usageKeys, {
    readers: ['function'],
    meaning:
      'By which key of the gateway the requests of each tenant are counted; `*` stands for all others.',
    takes: 'JSON of keys by tenant',
    otherwise: 'nobody is counted',
  }),
} as const;

export type SettingName = keyof typeof environment;

type ReaderOf<N extends SettingName> = (typeof environment)[N]['about']['readers'][number];

/** What a reader has read from the environment; absent when not set. What it does not read is no part of it. */
export type Settings<R extends Reader> = {
  readonly [N in SettingName as R extends ReaderOf<N> ? N : never]?:
    | z.output<ReturnType<(typeof environment)[N]['schema']>>
    | undefined;
};
