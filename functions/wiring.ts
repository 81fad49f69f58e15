import { type App, createApp } from '../shared/application/app.ts';
import { auditWatch } from '../shared/application/audit/audit.ts';
import { exportRun } from '../shared/application/exports/export-run.ts';
import { newsByQueue } from '../shared/application/live/news-by-queue.ts';
import type { Ports } from '../shared/application/ports.ts';
import { assertServed } from '../shared/application/tenants/serve.ts';
import { ApiGatewaySender } from '../shared/aws/apigateway/connection-sender.ts';
import { LambdaProgramHost } from '../shared/aws/lambda/program-host.ts';
import { S3Blobs } from '../shared/aws/s3/blobs.ts';
import { S3Exports } from '../shared/aws/s3/exports.ts';
import { apiGatewayManagementClient } from '../shared/aws/sdk/api-gateway-management.ts';
import { lambdaClient } from '../shared/aws/sdk/lambda.ts';
import { blobClients } from '../shared/aws/sdk/s3.ts';
import { secretsManagerClient } from '../shared/aws/sdk/secrets-manager.ts';
import { sqsClient } from '../shared/aws/sdk/sqs.ts';
import { stepFunctionsClient } from '../shared/aws/sdk/step-functions.ts';
import { SecretKeys } from '../shared/aws/secrets/secret-keys.ts';
import { DeadLetters } from '../shared/aws/sqs/dead-letters.ts';
import { SqsQueue } from '../shared/aws/sqs/queue.ts';
import { StepFunctionsEngine } from '../shared/aws/stepfunctions/workflow-engine.ts';
import { isSignature } from '../shared/domain/signature.ts';
import { HttpsWebhookSender } from '../shared/egress/https-webhook-sender.ts';
import { createLogger } from '../shared/logging/logger.ts';
import { readSettings } from '../shared/protocol/environment/read-settings.ts';
import { Ed25519Signer } from '../shared/system/ed25519-signer.ts';
import { HmacTickets } from '../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../shared/system/hmac-webhook-secrets.ts';
import { PollingRunWatch } from '../shared/system/polling-run-watch.ts';
import { SystemClock } from '../shared/system/system-clock.ts';
import { SystemIds } from '../shared/system/system-ids.ts';
import { background } from './background.ts';
import { headKey, signerLater, ticketsLater, webhookSecretsLater } from './keys/later.ts';
import { needed } from './needed.ts';
import { remembered } from './remembered.ts';
import { unwiredPorts } from './unwired.ts';
import type { Besides, Part, Surroundings, Wire, Wired } from './wired.ts';

/**
 * Puts a function together from its parts and its environment. That begins when the module is loaded, which is part of
 * what a cold start does anyway; what is wrong with it is told to whoever calls, not to whoever loads.
 */
export function wire(parts: readonly Part[], env: Surroundings['env'] = process.env): Wire {
  const wired = remembered(() => assemble(parts, env));
  wired().catch(() => {});
  return wired;
}

async function assemble(parts: readonly Part[], env: Surroundings['env']): Promise<Wired> {
  const settings = readSettings('function', env);
  const log = createLogger({
    level: settings.TANDEM_LOG_LEVEL ?? 'info',
    write: (line) => void process.stdout.write(line),
    now: Date.now,
  });
  const clock = new SystemClock();
  const surroundings = { settings, env, log, clock };
  const brought: Partial<Ports> & Besides = {};
  let app: App | undefined;
  const late = (): App => {
    if (app === undefined) throw new Error('A part uses the others before they are put together');
    return app;
  };
  for (const part of parts) Object.assign(brought, await part(surroundings, late));
  const { refusals, deadLetters, sender, lookAgain, ...ports } = brought;
  app = createApp(portsOf(surroundings, ports));
  return {
    ...surroundings,
    app,
    ...(refusals ? { refusals } : {}),
    ...(deadLetters ? { deadLetters } : {}),
    ...(sender ? { sender } : {}),
    ...(lookAgain ? { lookAgain } : {}),
  };
}

function portsOf({ settings, log, clock }: Surroundings, brought: Partial<Ports>): Ports {
  const ports = { ...unwiredPorts, ...brought };
  return {
    ...ports,
    watch: new PollingRunWatch({ log: ports.log, auditLog: ports.auditLog, audit: auditWatch, clock }),
    background: background(log),
    clock,
    ids: new SystemIds(() => clock.now()),
    webhookSender: new HttpsWebhookSender({ private: settings.TANDEM_WEBHOOKS_PRIVATE === 'allow' }),
  };
}

function bucketOf({ settings, env }: Surroundings) {
  const { TANDEM_BLOBS_CREDENTIALS: credentials, TANDEM_SIGNED_URL: signedUrl } = settings;
  return { ...blobClients({ credentials, signedUrl }, env), bucket: needed(settings, 'TANDEM_BUCKET') };
}

/** Small ones lie with the logs where that is DynamoDB, which takes an eighth of what S3 does for each. */
export const blobsPart: Part = async (surroundings) => {
  const { settings, clock } = surroundings;
  const objects = new S3Blobs({ ...bucketOf(surroundings), clock });
  if (settings.TANDEM_STORE === 'postgres') return { blobs: objects };
  const { dynamoBlobs } = await import('./stores/dynamodb/blobs/wiring.ts');
  return { blobs: dynamoBlobs(needed(settings, 'TANDEM_TABLE'), objects) };
};

export const exportsPart: Part = (surroundings, app) => ({
  exports: new S3Exports({
    ...bucketOf(surroundings),
    exported: async (runs) => {
      await assertServed(app(), { tenant: runs.tenant, roles: [] });
      return exportRun(app(), runs);
    },
  }),
});

export const enginePart: Part = ({ settings }) => ({
  engine: new StepFunctionsEngine({
    client: stepFunctionsClient(),
    machine: needed(settings, 'TANDEM_MACHINE'),
  }),
});

export const reconcileQueuePart: Part = ({ settings }) => ({
  reconcileQueue: new SqsQueue({ client: sqsClient(), url: needed(settings, 'TANDEM_RECONCILE_QUEUE') }),
});

export const refusalsQueuePart: Part = ({ settings }) => ({
  refusals: new SqsQueue({ client: sqsClient(), url: needed(settings, 'TANDEM_REFUSALS_QUEUE') }),
});

export const newsPart: Part = ({ settings, clock }, app) => {
  const queue = new SqsQueue({ client: sqsClient(), url: needed(settings, 'TANDEM_LIVE_QUEUE') });
  const hasSubscribers = async (tenant: string, run: string): Promise<boolean> =>
    (await app().connections?.hasSubscribers(tenant, run)) ?? false;
  const news = newsByQueue({ queue, connections: { hasSubscribers }, clock });
  return { news, lookAgain: news.lookAgain };
};

export const senderPart: Part = ({ settings }) => ({
  sender: new ApiGatewaySender({
    client: apiGatewayManagementClient(needed(settings, 'TANDEM_CONNECTIONS')),
  }),
});

export const liveDeadPart: Part = ({ settings }) => ({
  deadLetters: new DeadLetters({ client: sqsClient(), url: needed(settings, 'TANDEM_LIVE_QUEUE') }),
});

export const reconcileDeadPart: Part = ({ settings }) => ({
  deadLetters: new DeadLetters({ client: sqsClient(), url: needed(settings, 'TANDEM_RECONCILE_QUEUE') }),
});

export const refusalsDeadPart: Part = ({ settings }) => ({
  deadLetters: new DeadLetters({ client: sqsClient(), url: needed(settings, 'TANDEM_REFUSALS_QUEUE') }),
});

export const programsPart: Part = ({ settings }, app) => ({
  programs: new LambdaProgramHost({
    client: lambdaClient(),
    functionName: needed(settings, 'TANDEM_PROGRAM_FUNCTION'),
    tenancy: settings.TANDEM_SPACE_TENANCY === 'on',
    get agents() {
      return app().agents;
    },
    get blobs() {
      return app().blobs;
    },
  }),
});

/** Keys change with their secrets, which are read again now and then: what is made of a key is made each time. */
const keyOf = (surroundings: Surroundings, name: KeyName): (() => Promise<Uint8Array>) => {
  const { settings, clock } = surroundings;
  const keys = new SecretKeys({ client: secretsManagerClient(), clock });
  return keys.key(needed(settings, name), purposes[name]);
};

const purposes = {
  TANDEM_KEY_TICKETS: 'tickets',
  TANDEM_KEY_HEADS: 'heads',
  TANDEM_KEY_WEBHOOKS: 'webhooks',
} as const;

type KeyName = keyof typeof purposes;

export const ticketsPart: Part = (surroundings) => {
  const key = keyOf(surroundings, 'TANDEM_KEY_TICKETS');
  const { clock } = surroundings;
  return { tickets: ticketsLater(async () => new HmacTickets({ key: await key(), clock })) };
};

export const headsPart: Part = (surroundings) => {
  const key = keyOf(surroundings, 'TANDEM_KEY_HEADS');
  return { signer: signerLater(async () => new Ed25519Signer(headKey(await key())), isSignature) };
};

export const webhooksPart: Part = (surroundings) => {
  const key = keyOf(surroundings, 'TANDEM_KEY_WEBHOOKS');
  return { webhookSecrets: webhookSecretsLater(async () => new HmacWebhookSecrets(await key())) };
};
