import { existsSync } from 'node:fs';
import { handlers } from '../functions/http/handlers.ts';
import type { Front } from '../functions/middleware/lambda.ts';
import { Refusals } from '../shared/application/audit/refusals.ts';
import { createApi } from '../shared/application/create-api.ts';
import { exportRun } from '../shared/application/exports/export-run.ts';
import { assertServed } from '../shared/application/tenants/serve.ts';
import { createTenant } from '../shared/application/tenants/tenants.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { verifySignedExport } from '../shared/files/signed-exports.ts';
import { verifySignedUrl } from '../shared/files/signed-url.ts';
import { apiKeys } from '../shared/identity/api-keys.ts';
import type { Logger } from '../shared/logging/logger.ts';
import { startCourier } from './courier.ts';
import { daily } from './daily.ts';
import { holdBlobs } from './data-folder/blobs-lock.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { folderError } from './data-folder/folder-error.ts';
import { openKeys } from './data-folder/keys.ts';
import { lockDataFolder } from './data-folder/lock.ts';
import { writePrivateFile } from './data-folder/private-file.ts';
import { removeServerFile, writeServerFile } from './data-folder/server-file.ts';
import { keepBeforeUpgrade, type Upgrade } from './data-folder/upgrade.ts';
import { type Gateway, openGateway } from './gateway/gateway.ts';
import { signedBlobRoutes } from './gateway/signed-blobs.ts';
import { signedExportRoute } from './gateway/signed-exports.ts';
import { issuerNames } from './identity/issuer-names.ts';
import { openLocalIssuer } from './identity/local-issuer.ts';
import type { FirstAccount } from './identity/people/first-account.ts';
import { whoCalls } from './identity/who-calls.ts';
import { twinMetrics } from './metrics/twin-metrics.ts';
import { scheduleReconciler } from './reconciler.ts';
import type { ServerSettings } from './settings/server-settings.ts';
import { giveBackSpareMemory } from './spare-memory.ts';
import { defaultRetentionDays, scheduleRetention } from './stepfunctions/retention.ts';
import { openShown } from './tls/shown.ts';
import { scheduleUpkeep } from './upkeep.ts';
import { tandemVersion } from './version.ts';
import { wire } from './wiring.ts';

export interface TwinOptions {
  readonly settings: ServerSettings;
  readonly log: Logger;
}

export interface Twin {
  readonly url: string;
  /** Where Prometheus reads; absent when nothing is told. */
  readonly metrics: string | undefined;
  /** The account that was made because there was none; it takes a moment. */
  readonly firstAccount: Promise<FirstAccount | undefined>;
  /** Takes no more requests, parks what runs, and closes the data. */
  close(): Promise<void>;
}

/** `aud` of local tokens. */
const audience = 'tandem';

/** The tenant of whoever uses this machine. */
const ownTenant = 'local';

/** Whoever may read the data folder is its admin, and outside the tenants as well: the keys of both lie there. */
const cliToken = {
  tenant: ownTenant,
  subject: 'cli',
  roles: ['admin', 'platform'],
  ttlSeconds: 7 * 24 * 3_600,
} as const;

/**
 * Boots the embedded twin: everything in this process, on one data folder. Throws `server.running`, `port.taken`,
 * `environment.unsupported`, and `data.permission`, `data.full`, `data.damaged` or `data.newer`. What it has opened by
 * then stays open: the process is to end.
 */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  try {
    return await boot(options);
  } catch (error) {
    throw folderError(error);
  }
}

async function boot({ settings, log }: TwinOptions): Promise<Twin> {
  const { TANDEM_HOST: host, TANDEM_PORT: port } = settings;
  const folder = await openDataFolder(settings.TANDEM_DATA);
  const lock = lockDataFolder(folder);
  const upgrade = await keepBeforeUpgrade(folder);
  // Whoever asks from now on is not sent to a server that was killed.
  removeServerFile(folder);
  const keys = await openKeys(folder);
  const engineLost = existsSync(folder.log) && !existsSync(folder.engine);
  const address: { gateway?: Gateway } = {};
  const shown = await openShown({ folder: folder.tls, settings, now: Date.now });
  const wired = wire({
    folder,
    keys,
    log,
    settings,
    certificate: shown.certificate,
    baseUrl: () => address.gateway?.url ?? '',
    sender: {
      send: async (connection, frame) => address.gateway?.live?.send(connection, frame) ?? 'gone',
    },
  });
  if (upgrade) await finishUpgrade(upgrade, log);
  const issuer = await openLocalIssuer({
    folder: folder.identity,
    names: issuerNames(() => address.gateway?.url ?? '', settings.TANDEM_PUBLIC_URL),
    audience,
    log,
    now: Date.now,
    stranger: (address) => wired.limits.stranger(address),
  });
  const { app, clock } = wired;
  if (engineLost) log.warn('engine.db was missing: every run is taken up from its log');
  const identity = await whoCalls({
    settings,
    issuer,
    now: () => clock.now(),
    apiKeys: apiKeys({ records: app.records, now: () => clock.now() }),
  });
  if (settings.TANDEM_AUTH === 'none') log.warn('Nobody is asked who they are: every caller is an admin');
  if (!(await app.records.find('tenant', ownTenant)))
    await createTenant(app, 'system', { tenant: ownTenant });
  const refusals = new Refusals(app);
  const version = tandemVersion();
  let open = false;
  const check = async (): Promise<void> => {
    if (!open) throw new TandemError('engine.unavailable', { message: 'The server is starting' });
  };
  const elapsed = (): number => performance.now();
  const front: Front = {
    identity,
    served: (caller) => assertServed(app, caller),
    refused: ({ caller, requestId: _, ...refusal }) =>
      refusals.note({ ...refusal, ...(caller && { tenant: caller.tenant, subject: caller.subject }) }),
    log,
    elapsed,
    limits: wired.limits,
  };
  const gateway = await openGateway({
    handlers: handlers(createApi(app), front, { version, check }),
    live: {
      functions: async () =>
        (await import('./live/live-functions.ts')).liveFunctions(wired.live, {
          ...front,
          limits: wired.limits,
        }),
      connectionId: () => app.ids.hex(12),
      ...(settings.TANDEM_PUBLIC_URL === undefined ? {} : { origins: [settings.TANDEM_PUBLIC_URL] }),
    },
    documents: issuer.documents,
    raw: [
      ...signedBlobRoutes({
        blobs: app.blobs,
        verify: (url, method) => verifySignedUrl(url, method, { key: wired.addressKey, clock }),
      }),
      signedExportRoute({
        async exported(runs) {
          await assertServed(app, { tenant: runs.tenant, roles: [] });
          return exportRun(app, runs);
        },
        verify: (address) => verifySignedExport(address, { key: wired.addressKey, clock }),
      }),
      ...issuer.routes,
    ],
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(shown.tls && { tls: shown.tls }),
    log,
    metrics: wired.metrics,
    requestId: () => app.ids.next('req'),
    now: () => clock.now(),
    elapsed,
  });
  address.gateway = gateway;
  await wired.open();
  open = true;
  const leaveToken = () => writePrivateFile(folder.token, issuer.issueToken(cliToken));
  await leaveToken();
  const metrics = await twinMetrics({ settings, log, version, wired, waiting: () => gateway.waiting() });
  const leaveAddress = () =>
    writeServerFile(folder, {
      url: shown.url(gateway.url),
      ...shown.pinned(),
      pid: process.pid,
      startedAt: new Date(clock.now()).toISOString(),
      version,
      ...(metrics ? { metrics: metrics.url } : {}),
    });
  await leaveAddress();
  const stopRenewing = daily(log, 'Renewing what the command line trusts', async () => {
    await leaveToken();
    if (!(await shown.renew())) return;
    if (shown.tls) gateway.renew(shown.tls);
    await leaveAddress();
  });
  // Where nobody is asked, nobody signs in.
  const firstAccount = settings.TANDEM_AUTH === 'none' ? Promise.resolve(undefined) : issuer.firstAccount();
  // A server that stops meanwhile leaves it to the next one.
  firstAccount.catch((error: unknown) => open && log.error('The first account could not be made', { error }));
  const stopReconciler = scheduleReconciler(app, log, engineLost ? 'engineLost' : 'usual');
  const stopCourier = startCourier(app, log);
  const stopUpkeep = scheduleUpkeep({ app, log, holdBlobs: () => holdBlobs(folder, 0) });
  const stopForgetting = scheduleRetention({
    journal: wired.journal,
    clock,
    days: defaultRetentionDays,
    onError: (error) =>
      log.error('Executions whose time is over could not be removed; it is tried again', { error }),
  });
  const stopGivingBack = giveBackSpareMemory(clock);
  return {
    url: gateway.url,
    metrics: metrics?.url,
    firstAccount,
    async close() {
      open = false;
      stopReconciler();
      stopRenewing();
      stopUpkeep();
      stopForgetting();
      stopGivingBack();
      metrics?.close();
      removeServerFile(folder);
      await gateway.close();
      await stopCourier();
      // Where the disk is full there is nothing to be done about it.
      await refusals.flush().catch((error: unknown) => log.warn('Refusals were not written', { error }));
      await wired.close();
      issuer.close();
      lock.release();
    },
  };
}

/** The data are as this version wants them. */
async function finishUpgrade(upgrade: Upgrade, log: Logger): Promise<void> {
  await upgrade.finish();
  log.info('The data were brought up to date', { kept: upgrade.kept });
}
