import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod';
import { envelope, problem } from '../../shared/protocol/envelope.ts';
import { type ApiCall, approvalOf, fakeApi, keyOf, runOf, sentOf } from '../../test/support/fake-api.ts';
import { type OpenDoor, openDoor } from '../../test/support/open-door.ts';
import type { Route } from './route.ts';
import { type RouteName, routes } from './routes.ts';

const run = runOf().run;
const approval = approvalOf().approval;
const digest = 'a'.repeat(64);
const { webhook, delivery } = sentOf();
const alice = { tenant: 'acme', subject: 'alice', roles: ['admin'] };
const pat = { tenant: 'platform', subject: 'pat', roles: ['platform'] };

interface Sample {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The use case that is called, with what. */
  readonly calls?: ApiCall;
}

/** A good request to every route, and what its use case is given. */
const samples: Record<RouteName, Sample> = {
  publishVersion: {
    path: '/v1/agents/greeter/versions',
    body: { number: '1.0.0', bundle: 'export default 1', operationsPerStep: 1, roleRequired: 'admin' },
    calls: [
      'publishAgent',
      alice,
      {
        agent: 'greeter',
        number: '1.0.0',
        bundle: 'export default 1',
        operationsPerStep: 1,
        roleRequired: 'admin',
      },
    ],
  },
  listAgents: { path: '/v1/agents', calls: ['listAgents', alice] },
  getAgent: { path: '/v1/agents/greeter', calls: ['getAgent', alice, 'greeter'] },
  getVersion: {
    path: '/v1/agents/greeter/versions/1.0.0',
    calls: ['getVersion', alice, 'greeter', '1.0.0'],
  },
  setAlias: {
    path: '/v1/agents/greeter/aliases/live',
    body: { version: '1.0.0', share: { version: digest, percent: 5 } },
    calls: [
      'setAlias',
      alice,
      { agent: 'greeter', alias: 'live', version: '1.0.0', share: { version: digest, percent: 5 } },
    ],
  },
  listAliases: { path: '/v1/agents/greeter/aliases', calls: ['listAliases', alice, 'greeter'] },
  getAlias: { path: '/v1/agents/greeter/aliases/live', calls: ['getAlias', alice, 'greeter', 'live'] },
  removeAlias: { path: '/v1/agents/greeter/aliases/live', calls: ['removeAlias', alice, 'greeter', 'live'] },
  addWebhook: {
    path: '/v1/webhooks',
    body: { url: 'https://example.com/hook', events: ['run.failed'], description: 'Tells us' },
    calls: [
      'addWebhook',
      alice,
      { url: 'https://example.com/hook', events: ['run.failed'], description: 'Tells us' },
    ],
  },
  listWebhooks: { path: '/v1/webhooks', calls: ['listWebhooks', alice] },
  getWebhook: { path: `/v1/webhooks/${webhook}`, calls: ['getWebhook', alice, webhook] },
  removeWebhook: { path: `/v1/webhooks/${webhook}`, calls: ['removeWebhook', alice, webhook] },
  changeWebhookSecret: {
    path: `/v1/webhooks/${webhook}/secret`,
    calls: ['changeWebhookSecret', alice, webhook],
  },
  testWebhook: { path: `/v1/webhooks/${webhook}/test`, calls: ['testWebhook', alice, webhook] },
  listDeliveries: {
    path: `/v1/webhooks/${webhook}/deliveries?status=dead&limit=3&cursor=c`,
    calls: ['listDeliveries', alice, webhook, { status: 'dead', limit: 3, cursor: 'c' }],
  },
  getDelivery: {
    path: `/v1/webhooks/${webhook}/deliveries/${delivery}`,
    calls: ['getDelivery', alice, webhook, delivery],
  },
  replayDelivery: {
    path: `/v1/webhooks/${webhook}/deliveries/${delivery}/replay`,
    calls: ['replayDelivery', alice, webhook, delivery],
  },
  startRun: {
    path: '/v1/runs',
    body: { agent: 'greeter', files: [{ path: 'a.txt', content: 'A' }], session: 's1' },
    calls: [
      'startRun',
      alice,
      { agent: 'greeter', input: null, files: [{ path: 'a.txt', content: 'A' }], session: 's1' },
    ],
  },
  listRuns: {
    path: '/v1/runs?agent=greeter&status=waiting&from=2026-11-28T01:00:00%2B01:00&limit=10&cursor=c%2B1',
    calls: [
      'listRuns',
      alice,
      { from: '2026-11-28T00:00:00.000Z', agent: 'greeter', status: 'waiting', limit: 10, cursor: 'c+1' },
    ],
  },
  getRun: { path: `/v1/runs/${run}`, calls: ['getRun', alice, run] },
  readEvents: {
    path: `/v1/runs/${run}/events?after=7&limit=5&wait=0.5`,
    calls: ['readEvents', alice, run, { after: 7, limit: 5, waitMs: 500 }],
  },
  verifyRun: { path: `/v1/runs/${run}/verification`, calls: ['verifyRun', alice, run] },
  getRetention: { path: '/v1/retention', calls: ['getRetention', alice] },
  setRetention: { path: '/v1/retention', body: { days: null }, calls: ['setRetention', alice, null] },
  erasePayload: {
    path: `/v1/runs/${run}/events/7/erasure`,
    body: { reason: 'Asked for' },
    calls: ['erasePayload', alice, { run, seq: 7, reason: 'Asked for' }],
  },
  exportRun: {
    path: `/v1/runs/${run}/export?children=true`,
    calls: ['exportUrl', alice, run, { children: true }],
  },
  getMetrics: { path: `/v1/runs/${run}/metrics`, calls: ['runMetrics', alice, run] },
  readLogs: {
    path: `/v1/runs/${run}/logs?after=7`,
    calls: ['runLogs', alice, run, { after: 7, limit: 200 }],
  },
  createUpload: {
    path: '/v1/uploads',
    body: { size: 11, sha256: 'a'.repeat(64) },
    calls: ['createUpload', alice, { size: 11, sha256: 'a'.repeat(64) }],
  },
  readTranscript: {
    path: `/v1/runs/${run}/transcript?after=7&limit=5`,
    calls: ['readTranscript', alice, run, { after: 7, limit: 5 }],
  },
  cancelRun: {
    path: `/v1/runs/${run}/cancel`,
    body: { reason: 'enough' },
    calls: ['cancelRun', alice, run, { reason: 'enough' }],
  },
  pauseRun: { path: `/v1/runs/${run}/pause`, calls: ['pauseRun', alice, run, {}] },
  resumeRun: { path: `/v1/runs/${run}/resume`, calls: ['resumeRun', alice, run, {}] },
  signalRun: {
    path: `/v1/runs/${run}/signals`,
    body: { name: 'paid', payload: { amount: 7 } },
    calls: ['signalRun', alice, run, { name: 'paid', payload: { amount: 7 } }],
  },
  listApprovals: {
    path: '/v1/approvals?status=pending',
    calls: ['listApprovals', alice, { status: 'pending' }],
  },
  getApproval: { path: `/v1/approvals/${approval}`, calls: ['getApproval', alice, approval] },
  approve: {
    path: `/v1/approvals/${approval}/approve`,
    calls: ['decideApproval', alice, approval, { decision: 'approved' }],
  },
  deny: {
    path: `/v1/approvals/${approval}/deny`,
    body: { reason: 'too dear' },
    calls: ['decideApproval', alice, approval, { decision: 'denied', reason: 'too dear' }],
  },
  listArtifacts: { path: `/v1/runs/${run}/artifacts`, calls: ['listArtifacts', alice, run] },
  getArtifact: {
    path: `/v1/runs/${run}/artifacts/report%2Ffinal.md`,
    calls: ['artifactUrl', alice, run, 'report/final.md'],
  },
  readAudit: {
    path: '/v1/audit?after=7&limit=5&type=key&wait=0.5',
    calls: ['readAudit', alice, { after: 7, limit: 5, type: 'key', waitMs: 500 }],
  },
  verifyAudit: { path: '/v1/audit/verification', calls: ['verifyAudit', alice] },
  readPlatformAudit: {
    path: '/v1/platform/audit',
    calls: ['readPlatformAudit', pat, { after: 0, limit: 1_000, waitMs: 0 }],
  },
  verifyPlatformAudit: { path: '/v1/platform/audit/verification', calls: ['verifyPlatformAudit', pat] },
  createKey: {
    path: '/v1/keys',
    body: { name: 'nightly build', roles: ['operator'] },
    calls: ['createKey', alice, { name: 'nightly build', roles: ['operator'] }],
  },
  listKeys: { path: '/v1/keys?limit=10', calls: ['listKeys', alice, { limit: 10 }] },
  getKey: { path: `/v1/keys/${keyOf().key}`, calls: ['getKey', alice, keyOf().key] },
  revokeKey: {
    path: `/v1/keys/${keyOf().key}/revoke`,
    body: { reason: 'Lost' },
    calls: ['revokeKey', alice, keyOf().key, { reason: 'Lost' }],
  },
  createTenant: {
    path: '/v1/tenants',
    body: { tenant: 'acme', name: 'Acme Ltd' },
    calls: ['createTenant', pat, { tenant: 'acme', name: 'Acme Ltd' }],
  },
  listTenants: { path: '/v1/tenants?limit=10', calls: ['listTenants', pat, { limit: 10 }] },
  getTenant: { path: '/v1/tenants/acme', calls: ['getTenant', pat, 'acme'] },
  suspendTenant: {
    path: '/v1/tenants/acme/suspend',
    body: { reason: 'Unpaid' },
    calls: ['suspendTenant', pat, 'acme', { reason: 'Unpaid' }],
  },
  resumeTenant: { path: '/v1/tenants/acme/resume', calls: ['resumeTenant', pat, 'acme', {}] },
  report: {
    path: '/v1/report',
    body: { type: 'heartbeat' },
    headers: { authorization: 'Ticket t.1' },
    calls: ['report', 't.1', { type: 'heartbeat' }],
  },
  health: { path: '/health' },
  ready: { path: '/health/ready' },
  getOpenApi: { path: '/openapi.json' },
};

let door: OpenDoor;
let calls: ApiCall[];
before(async () => {
  const fake = fakeApi();
  calls = fake.calls;
  door = await openDoor({ api: fake.api });
});
after(() => door.gateway.close());

/** The route's own credential where an admin's token is none. */
const headersOf = ({ role }: Route, { headers }: Sample) =>
  role === 'platform'
    ? {
        authorization: `Bearer ${door.issuer.token({ tenant: 'platform', sub: 'pat', roles: ['platform'] })}`,
      }
    : headers;

const problemOf = async (response: Response) => {
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const body = problem().parse(await response.json());
  assert.equal(body.status, response.status);
  assert.equal(body.code, body.error.code);
  return body;
};

for (const [name, sample] of Object.entries(samples) as [RouteName, Sample][]) {
  const route: Route = routes[name];

  test(`${name}: a good request reaches its use case, and its answer has the promised shape`, async () => {
    calls.length = 0;
    const response = await door.request(route.method, sample.path, sample.body, headersOf(route, sample));
    const text = await response.text();
    assert.equal(response.status, route.status, text);
    if (route.lines) for (const line of text.trimEnd().split('\n')) route.response().parse(JSON.parse(line));
    else (route.bare ? route.response() : envelope(route.response())).parse(JSON.parse(text));
    assert.deepEqual(calls, sample.calls ? [sample.calls] : []);
  });

  if (route.credential === 'none') continue;

  test(`${name}: without a credential it is refused`, async () => {
    const response = await door.request(route.method, sample.path, sample.body, { authorization: '' });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="tandem"');
    assert.equal((await problemOf(response)).code, 'auth.missing');
  });
}

test('every schema can be told as JSON Schema, for OpenAPI', () => {
  for (const route of Object.values<Route>(routes)) {
    for (const schema of [route.params, route.query, route.body, route.response]) {
      if (schema) z.toJSONSchema(schema(), { io: 'input', unrepresentable: 'any' });
    }
  }
});

test('wait= answers with the run as it ended', async () => {
  calls.length = 0;
  const response = await door.request('POST', '/v1/runs?wait=2', { agent: 'greeter' });
  const { data } = (await response.json()) as { data: { status: string } };
  assert.equal(data.status, 'succeeded');
  assert.deepEqual(calls[1], ['waitForEnd', alice, run, 2_000]);
});

test('an Idempotency-Key travels with the digest of the body, however it is spelled', async () => {
  calls.length = 0;
  const headers = { 'idempotency-key': 'k-1' };
  await door.request('POST', '/v1/runs', '{"agent":"greeter","input":{"a":1,"b":2}}', headers);
  await door.request('POST', '/v1/runs', '{ "input": {"b":2, "a":1}, "agent":"greeter" }', headers);
  await door.request('POST', '/v1/runs', '{"agent":"greeter","input":{"a":1,"b":3}}', headers);
  const keys = calls.map((call) => (call[2] as { idempotency: { key: string; body: string } }).idempotency);
  assert.deepEqual(
    keys.map(({ key }) => key),
    ['k-1', 'k-1', 'k-1'],
  );
  assert.match(keys[0]?.body ?? '', /^[0-9a-f]{64}$/);
  assert.equal(keys[0]?.body, keys[1]?.body);
  assert.notEqual(keys[0]?.body, keys[2]?.body);
});

test('an Idempotency-Key is honoured, accepted where a repeated request changes nothing, refused elsewhere', async () => {
  for (const [name, sample] of Object.entries(samples) as [RouteName, Sample][]) {
    const route: Route = routes[name];
    if (route.method !== 'POST') continue;
    calls.length = 0;
    const headers = { ...headersOf(route, sample), 'idempotency-key': 'k-1' };
    const response = await door.request(route.method, sample.path, sample.body, headers);
    assert.equal(response.status, route.idempotent ? route.status : 400, name);
    assert.equal(JSON.stringify(calls).includes('"key":"k-1"'), route.idempotent === 'by-key', name);
    if (route.idempotent) continue;
    const { error } = await problemOf(response);
    assert.deepEqual(error.details['issues'], [
      { path: 'header.idempotency-key', expected: 'to be left out: this route does not support it' },
    ]);
  }
  assert.equal((routes.report as Route).idempotent, undefined);
});

test('a file that a run starts with is given in one way, and well', async () => {
  const refusals: [object, string][] = [
    [{ path: 'a' }, 'content or upload'],
    [{ path: 'a', content: 'A', upload: 'a'.repeat(64) }, 'content or upload'],
    [{ path: 'a', upload: 'a'.repeat(64), encoding: 'base64' }, 'no encoding'],
    [{ path: 'a', content: 'A', encoding: 'base64' }, 'base64 (RFC 4648'],
    [{ path: 'a', content: 'QUI=\n', encoding: 'base64' }, 'base64 (RFC 4648'],
    [{ path: 'a', content: 'QUI', encoding: 'base64' }, 'base64 (RFC 4648'],
  ];
  for (const [file, expected] of refusals) {
    const { code, error } = await problemOf(
      await door.request('POST', '/v1/runs', { agent: 'greeter', files: [file] }),
    );
    const [issue] = error.details['issues'] as { path: string; expected: string }[];
    assert.equal(code, 'request.invalid');
    assert.match(issue?.path ?? '', /^body\.files\[0\]/);
    assert.ok(issue?.expected.includes(expected), issue?.expected);
  }
  const both = { agent: 'greeter', input: 1, inputUpload: 'a'.repeat(64) };
  assert.equal((await problemOf(await door.request('POST', '/v1/runs', both))).code, 'request.invalid');
});

test('a transcript comes as lines, and says where it goes on', async () => {
  const response = await door.request('GET', `/v1/runs/${run}/transcript`);
  assert.equal(response.headers.get('content-type'), 'application/jsonl');
  assert.equal(response.headers.get('link'), `</v1/runs/${run}/transcript?after=2&limit=1000>; rel="next"`);
  assert.match(await response.text(), /^\{[^\n]*\}\n$/);
});

test('a replayed signal says so', async () => {
  await using replaying = await openDoor({
    api: fakeApi({ signalRun: async () => ({ run: runOf(), replayed: true }) }).api,
  });
  const response = await replaying.request('POST', `/v1/runs/${run}/signals`, { name: 'paid' });
  assert.equal(response.headers.get('idempotency-replayed'), 'true');
});

test('a replayed start says so', async () => {
  await using replaying = await openDoor({
    api: fakeApi({ startRun: async () => ({ run: runOf(), replayed: true }) }).api,
  });
  const response = await replaying.request('POST', '/v1/runs', { agent: 'greeter' });
  assert.equal(response.headers.get('idempotency-replayed'), 'true');
});

test('all faults of a request are named at once, with what was expected, and nothing of what was sent', async () => {
  const response = await door.request(
    'POST',
    '/v1/runs?wait=21&wat=1',
    { agent: 'No Such', inptu: 1, files: [{ path: '../secret-value', content: 7 }] },
    { 'idempotency-key': 'two words' },
  );
  const { error, detail } = await problemOf(response);
  assert.deepEqual((error.details['issues'] as { path: string }[]).map(({ path }) => path).sort(), [
    'body.agent',
    'body.files[0].content',
    'body.files[0].path',
    'body.inptu',
    'header.idempotency-key',
    'query.wait',
    'query.wat',
  ]);
  assert.match(detail, /and 6 more/);
  assert.doesNotMatch(JSON.stringify(error), /secret-value|No Such/);
});

test('a parameter that is given twice is refused', async () => {
  const { error } = await problemOf(await door.request('GET', '/v1/runs?limit=1&limit=2'));
  assert.deepEqual(error.details['issues'], [{ path: 'query.limit', expected: 'to be given once' }]);
});

test('a path parameter that is no percent-encoded UTF-8 is refused', async () => {
  const { error } = await problemOf(await door.request('GET', `/v1/runs/${run}/artifacts/%ff`));
  assert.equal((error.details['issues'] as { path: string }[])[0]?.path, 'path.name');
});

test('what goes wrong on our side stays on our side', async () => {
  const secret = new Error('secret detail of the database');
  await using broken = await openDoor({
    api: fakeApi({
      listAgents: async () => {
        throw secret;
      },
    }).api,
  });
  const response = await broken.request('GET', '/v1/agents');
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.equal(problem().parse(JSON.parse(text)).code, 'internal');
  assert.doesNotMatch(text, /secret detail|at .*\.ts/);
  const line = JSON.parse(broken.log.at(-1) ?? '');
  assert.equal(line.level, 'error');
  assert.match(JSON.stringify(line.error), /secret detail/);
});

test('an answer that is too large is an error, not a broken promise', async () => {
  await using large = await openDoor({
    api: fakeApi({ getRun: async () => runOf({ output: 'x'.repeat(6 * 1024 * 1024) }) }).api,
  });
  const refusal = await problemOf(await large.request('GET', `/v1/runs/${run}`));
  assert.equal(refusal.code, 'limit.exceeded');
});

test('every request leaves one line in the log, without secrets', async () => {
  door.log.length = 0;
  await (await door.request('GET', `/v1/runs/${run}`)).text();
  assert.equal(door.log.length, 1);
  const { at, ms, requestId, ...line } = JSON.parse(door.log[0] ?? '');
  assert.deepEqual(line, {
    level: 'info',
    message: 'request',
    method: 'GET',
    route: '/v1/runs/{run}',
    status: 200,
    tenant: 'acme',
    subject: 'alice',
  });
  assert.ok(at && ms > 0 && requestId);
  assert.doesNotMatch(door.log[0] ?? '', /eyJ/);
});
