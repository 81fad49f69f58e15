import { createHash, randomUUID } from 'node:crypto';
import type {
  Agent,
  AgentList,
  AgentVersion,
  Alias,
  AliasList,
  PublishVersion,
  SetAlias,
} from '../../shared/protocol/agents.ts';
import type { Approval, ApprovalPage } from '../../shared/protocol/approvals.ts';
import type { Artifact, ArtifactAddress, ArtifactList } from '../../shared/protocol/artifacts.ts';
import type { AuditEvent, AuditPage, AuditVerification } from '../../shared/protocol/audit.ts';
import type { EventPage, RunEvent } from '../../shared/protocol/events.ts';
import type { ExportAddress } from '../../shared/protocol/exports.ts';
import type { Health } from '../../shared/protocol/health.ts';
import type { Json } from '../../shared/protocol/json.ts';
import type { ApiKey, CreatedKey, CreateKey, KeyPage } from '../../shared/protocol/keys.ts';
import type { ErasedPayload, Retention } from '../../shared/protocol/retention.ts';
import type { LogPage, Run, RunMetrics, RunPage, Signal, StartRun } from '../../shared/protocol/runs.ts';
import type { CreateTenant, Tenant, TenantPage } from '../../shared/protocol/tenants.ts';
import type { TranscriptLine } from '../../shared/protocol/transcripts.ts';
import type { CreateUpload, Upload } from '../../shared/protocol/uploads.ts';
import type { Verification } from '../../shared/protocol/verification.ts';
import type {
  AddWebhook,
  Delivery,
  DeliveryPage,
  Webhook,
  WebhookList,
  WebhookWithSecret,
} from '../../shared/protocol/webhooks.ts';
import type {
  ApprovalFilter,
  AuditQuery,
  DeliveryFilter,
  FollowOptions,
  PageOptions,
  RunFilter,
  WaitOptions,
} from './options.ts';
import {
  aliasPath,
  approvalPath,
  auditPath,
  deliveryPath,
  keyPath,
  reasonOf,
  runPath,
  tenantPath,
  webhookPath,
} from './paths.ts';
import {
  type Connection,
  type Download,
  type LinesPage,
  longestWaitSeconds,
  Transport,
  type TransportOptions,
} from './transport.ts';

/**
 * A client of Tandem's HTTP API: the same for the embedded twin, the Compose twin and AWS. Methods answer what stands
 * in `data` and throw `ApiError`. What may be repeated without harm is repeated when it fails for a passing reason.
 *
 * @example
 * const client = new TandemClient({ url: 'http://127.0.0.1:4400', token });
 * const { run } = await client.startRun({ agent: 'csv-report', input: { file: 'orders.csv' } });
 * for await (const event of client.events(run)) console.log(event.seq, event.type);
 */
export class TandemClient {
  readonly #transport: Transport;

  constructor(connection: Connection, options?: TransportOptions) {
    this.#transport = new Transport(connection, options);
  }

  /** Address of the server. */
  get url(): string {
    return this.#transport.connection.url;
  }

  /** Whether the server takes requests; throws when it does not. */
  ready(): Promise<Health> {
    return this.#get('/health/ready');
  }

  publishVersion(agent: string, version: PublishVersion): Promise<AgentVersion> {
    return this.#post(`/v1/agents/${encodeURIComponent(agent)}/versions`, version);
  }

  /** Each agent by the version that is meant when none is named. */
  listAgents(): Promise<AgentList> {
    return this.#get('/v1/agents');
  }

  getAgent(agent: string): Promise<Agent> {
    return this.#get(`/v1/agents/${encodeURIComponent(agent)}`);
  }

  /** By number or digest. */
  getVersion(agent: string, version: string): Promise<AgentVersion> {
    return this.#get(`/v1/agents/${encodeURIComponent(agent)}/versions/${encodeURIComponent(version)}`);
  }

  /** Points an alias at a version, and a share of its runs at another one. */
  setAlias(agent: string, alias: string, setting: SetAlias): Promise<Alias> {
    return this.#transport.send({ method: 'PUT', path: aliasPath(agent, alias), body: setting });
  }

  /** By name. */
  async listAliases(agent: string): Promise<readonly Alias[]> {
    const { items } = await this.#get<AliasList>(`/v1/agents/${encodeURIComponent(agent)}/aliases`);
    return items;
  }

  getAlias(agent: string, alias: string): Promise<Alias> {
    return this.#get(aliasPath(agent, alias));
  }

  /** Answers what the alias was. */
  removeAlias(agent: string, alias: string): Promise<Alias> {
    return this.#transport.send({ method: 'DELETE', path: aliasPath(agent, alias) });
  }

  /** Starts a run once, however often the request has to be sent: a key is made unless one is given. */
  startRun(start: StartRun, options: WaitOptions & { readonly idempotencyKey?: string } = {}): Promise<Run> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/runs',
      query: { wait: options.wait },
      body: start,
      idempotencyKey: options.idempotencyKey ?? randomUUID(),
    });
  }

  /**
   * Brings up to 100 MiB to the server, unless they are there already. What it resolves with names them where a run
   * starts: `files: [{ path, upload }]` or `inputUpload`.
   */
  async upload(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const announced: CreateUpload = { size: bytes.byteLength, sha256 };
    const { upload, present, url, headers } = await this.#transport.send<Upload>({
      method: 'POST',
      path: '/v1/uploads',
      body: announced,
      // Announcing the same bytes twice changes nothing.
      idempotencyKey: sha256,
    });
    const { 'content-length': _, ...others } = headers;
    if (!present) await this.#transport.upload(url, bytes, others);
    return upload;
  }

  /** With `wait`: once the run has ended, or after so many seconds. */
  getRun(run: string, options: WaitOptions = {}): Promise<Run> {
    return this.#get(runPath(run), { wait: options.wait });
  }

  /** The output of a run that was just got, fetched where it is too long to stand in it. */
  async outputOf({ output, outputUrl }: Pick<Run, 'output' | 'outputUrl'>): Promise<Json | undefined> {
    if (outputUrl === undefined) return output;
    return JSON.parse(new TextDecoder().decode(await this.#transport.download(outputUrl))) as Json;
  }

  /** Newest first. */
  listRuns(filter: RunFilter = {}): Promise<RunPage> {
    return this.#get('/v1/runs', { ...filter });
  }

  /** A page of the log; with `wait`: held back until there is something to tell. */
  readEvents(
    run: string,
    query: { after?: number; limit?: number; wait?: number } = {},
    signal?: AbortSignal,
  ): Promise<EventPage> {
    const path = `${runPath(run)}/events`;
    return this.#transport.send({ method: 'GET', path, query, ...(signal ? { signal } : {}) });
  }

  /** The log in pages as it grows, until the run has ended; a page with `more: false` is up to date. */
  async *eventPages(run: string, { after = 0, signal }: FollowOptions = {}): AsyncGenerator<EventPage> {
    for (let known = after; ; ) {
      const page = await this.readEvents(run, { after: known, wait: longestWaitSeconds }, signal);
      yield page;
      known = page.events.at(-1)?.seq ?? known;
      if (page.ended && !page.more) return;
    }
  }

  /** Every event of the run as it happens, until the run has ended. */
  async *events(run: string, options?: FollowOptions): AsyncGenerator<RunEvent> {
    for await (const page of this.eventPages(run, options)) yield* page.events;
  }

  /** As {@link eventPages}, pushed over a WebSocket where there is a way to have one. */
  async *livePages(run: string, options: FollowOptions = {}): AsyncGenerator<EventPage> {
    // Only who follows a run needs it.
    const [{ livePages }, { LiveLine }] = await Promise.all([import('./live.ts'), import('./live-line.ts')]);
    const { connection } = this.#transport;
    const open = async () => LiveLine.open(connection, await this.#transport.token());
    yield* livePages(this, run, { ...options, open });
  }

  /** As {@link events}, pushed over a WebSocket where there is a way to have one. */
  async *live(run: string, options?: FollowOptions): AsyncGenerator<RunEvent> {
    for await (const page of this.livePages(run, options)) yield* page.events;
  }

  cancelRun(run: string, reason?: string): Promise<Run> {
    return this.#post(`${runPath(run)}/cancel`, reasonOf(reason));
  }

  pauseRun(run: string, reason?: string): Promise<Run> {
    return this.#post(`${runPath(run)}/pause`, reasonOf(reason));
  }

  resumeRun(run: string, reason?: string): Promise<Run> {
    return this.#post(`${runPath(run)}/resume`, reasonOf(reason));
  }

  /** Sends a signal once, however often the request has to be sent: a key is made unless one is given. */
  signalRun(run: string, signal: Signal, options: { readonly idempotencyKey?: string } = {}): Promise<Run> {
    return this.#transport.send({
      method: 'POST',
      path: `${runPath(run)}/signals`,
      body: signal,
      idempotencyKey: options.idempotencyKey ?? randomUUID(),
    });
  }

  /** What the run has taken so far. */
  runMetrics(run: string): Promise<RunMetrics> {
    return this.#get(`${runPath(run)}/metrics`);
  }

  /** Every line that the run's program has logged so far. */
  async *logs(run: string): AsyncGenerator<LogPage['lines'][number]> {
    for (let after = 0; ; ) {
      const page = await this.#get<LogPage>(`${runPath(run)}/logs`, { after });
      yield* page.lines;
      if (!page.more) return;
      after = page.after;
    }
  }

  /** What was said in the run so far, in order: input, requests and answers, decisions, signals, the end. */
  async *transcript(
    run: string,
    { after = 0 }: { readonly after?: number } = {},
  ): AsyncGenerator<TranscriptLine> {
    for (let next: string | undefined = String(after); next !== undefined; ) {
      const page: LinesPage<TranscriptLine> = await this.#transport.sendLines({
        method: 'GET',
        path: `${runPath(run)}/transcript`,
        query: { after: next },
      });
      yield* page.lines;
      next = page.next && (new URL(page.next, this.url).searchParams.get('after') ?? undefined);
    }
  }

  /** Checks the run's whole log on the server: chain, payloads, head, signature, legality. */
  verifyRun(run: string): Promise<Verification> {
    return this.#get(`${runPath(run)}/verification`);
  }

  /** Erases what an event of an ended run said, for good; the same again is no change. Needs the role `admin`. */
  erasePayload(run: string, seq: number, reason: string): Promise<ErasedPayload> {
    return this.#post(`${runPath(run)}/events/${seq}/erasure`, { reason });
  }

  /** How long runs are kept after their end, unless they say so themselves. */
  getRetention(): Promise<Retention> {
    return this.#get('/v1/retention');
  }

  /** In days; `null`: for ever. Needs the role `admin`. */
  setRetention(days: number | null): Promise<Retention> {
    return this.#transport.send({ method: 'PUT', path: '/v1/retention', body: { days } });
  }

  /** The run as one file, which `tandem verify` takes offline; with `children`, those that it has called as well. */
  async exportRun(run: string, options: { readonly children?: boolean } = {}): Promise<Download> {
    const query = options.children ? { children: 'true' } : {};
    const { url } = await this.#get<ExportAddress>(`${runPath(run)}/export`, query);
    return this.#transport.stream(url);
  }

  /** Newest first. */
  listApprovals(filter: ApprovalFilter = {}): Promise<ApprovalPage> {
    return this.#get('/v1/approvals', { ...filter });
  }

  getApproval(approval: string): Promise<Approval> {
    return this.#get(approvalPath(approval));
  }

  approve(approval: string, reason?: string): Promise<Approval> {
    return this.#post(`${approvalPath(approval)}/approve`, reasonOf(reason));
  }

  deny(approval: string, reason?: string): Promise<Approval> {
    return this.#post(`${approvalPath(approval)}/deny`, reasonOf(reason));
  }

  async listArtifacts(run: string): Promise<readonly Artifact[]> {
    const { items } = await this.#get<ArtifactList>(`${runPath(run)}/artifacts`);
    return items;
  }

  /** The bytes of an artefact. */
  async downloadArtifact(run: string, name: string): Promise<Uint8Array> {
    const path = `${runPath(run)}/artifacts/${encodeURIComponent(name)}`;
    const { url } = await this.#get<ArtifactAddress>(path);
    return this.#transport.download(url);
  }

  /** A page of the audit log of the tenant, or of the platform; with `wait`: held back until there is something to tell. */
  readAudit(query: AuditQuery = {}, signal?: AbortSignal): Promise<AuditPage> {
    const { platform = false, ...rest } = query;
    const path = auditPath(platform);
    return this.#transport.send({ method: 'GET', path, query: rest, ...(signal ? { signal } : {}) });
  }

  /** Every event of an audit log so far, or with `follow` also as they happen, until `signal` aborts. */
  async *auditEvents(
    query: Omit<AuditQuery, 'limit' | 'wait'> = {},
    { follow = false, signal }: { readonly follow?: boolean; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<AuditEvent> {
    for (let after = query.after ?? 0; ; ) {
      const wait = follow ? { wait: longestWaitSeconds } : {};
      const page = await this.readAudit({ ...query, ...wait, after }, signal);
      yield* page.events;
      after = page.after;
      if (!page.more && !follow) return;
    }
  }

  /** Checks a whole audit log on the server: every link, every payload, its head. */
  verifyAudit({ platform = false }: { readonly platform?: boolean } = {}): Promise<AuditVerification> {
    return this.#get(`${auditPath(platform)}/verification`);
  }

  /**
   * Makes an API key: the answer alone tells its secret. It is made once, however often the request has to be sent; when
   * the answer is lost on the way, `key.told` names the key that is to be revoked.
   */
  createKey(key: CreateKey, options: { readonly idempotencyKey?: string } = {}): Promise<CreatedKey> {
    return this.#transport.send({
      method: 'POST',
      path: '/v1/keys',
      body: key,
      idempotencyKey: options.idempotencyKey ?? randomUUID(),
    });
  }

  /** In the order they were made, revoked ones too. */
  listKeys(page: PageOptions = {}): Promise<KeyPage> {
    return this.#get('/v1/keys', { ...page });
  }

  getKey(key: string): Promise<ApiKey> {
    return this.#get(keyPath(key));
  }

  /** From then on nobody gets in with it. */
  revokeKey(key: string, reason?: string): Promise<ApiKey> {
    return this.#post(`${keyPath(key)}/revoke`, reasonOf(reason));
  }

  /** Makes a tenant; the same again is no change. Needs the role `platform`, as everything about tenants. */
  createTenant(tenant: CreateTenant): Promise<Tenant> {
    return this.#post('/v1/tenants', tenant);
  }

  /** By name. */
  listTenants(page: PageOptions = {}): Promise<TenantPage> {
    return this.#get('/v1/tenants', { ...page });
  }

  getTenant(tenant: string): Promise<Tenant> {
    return this.#get(tenantPath(tenant));
  }

  /** Refuses its requests from now on, and pauses its runs one after the other. */
  suspendTenant(tenant: string, reason?: string): Promise<Tenant> {
    return this.#post(`${tenantPath(tenant)}/suspend`, reasonOf(reason));
  }

  resumeTenant(tenant: string, reason?: string): Promise<Tenant> {
    return this.#post(`${tenantPath(tenant)}/resume`, reasonOf(reason));
  }

  /** The answer alone holds the secret: keep it. */
  addWebhook(webhook: AddWebhook): Promise<WebhookWithSecret> {
    return this.#post('/v1/webhooks', webhook);
  }

  async listWebhooks(): Promise<readonly Webhook[]> {
    const { items } = await this.#get<WebhookList>('/v1/webhooks');
    return items;
  }

  getWebhook(webhook: string): Promise<Webhook> {
    return this.#get(webhookPath(webhook));
  }

  /** Answers what it was. */
  removeWebhook(webhook: string): Promise<Webhook> {
    return this.#transport.send({ method: 'DELETE', path: webhookPath(webhook) });
  }

  /** A new secret; for a day messages are signed with the one before as well. */
  changeWebhookSecret(webhook: string): Promise<WebhookWithSecret> {
    return this.#post(`${webhookPath(webhook)}/secret`, {});
  }

  /** Sends a test message and answers what came of it. */
  testWebhook(webhook: string): Promise<Delivery> {
    return this.#post(`${webhookPath(webhook)}/test`, {});
  }

  /** Newest first. */
  listDeliveries(webhook: string, filter: DeliveryFilter = {}): Promise<DeliveryPage> {
    return this.#get(`${webhookPath(webhook)}/deliveries`, { ...filter });
  }

  getDelivery(webhook: string, delivery: string): Promise<Delivery> {
    return this.#get(deliveryPath(webhook, delivery));
  }

  /** Has it sent again, under the same id. */
  replayDelivery(webhook: string, delivery: string): Promise<Delivery> {
    return this.#post(`${deliveryPath(webhook, delivery)}/replay`, {});
  }

  #get<T>(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): Promise<T> {
    return this.#transport.send<T>({ method: 'GET', path, query });
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.#transport.send<T>({ method: 'POST', path, body });
  }
}
