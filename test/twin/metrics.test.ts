import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import parse from 'parse-prometheus-text-format';
import { sendRaw } from '../support/raw-http.ts';
import { Place } from './up.ts';

type Labels = Readonly<Record<string, string>>;

/** What `GET /metrics` says. */
class Scrape {
  readonly #families: ReturnType<typeof parse>;

  constructor(text: string) {
    // Told that it is a histogram, the parser would throw the labels away.
    this.#families = parse(text.replaceAll(/^# TYPE \S+ histogram$/gm, ''));
  }

  static async of(place: Place): Promise<Scrape> {
    const response = await fetch(place.serverFile().metrics ?? '');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    return new Scrape(await response.text());
  }

  get names(): string[] {
    return this.#families.map(({ name }) => name);
  }

  /** The sum of the samples that have these labels. */
  value(name: string, labels: Labels = {}): number {
    const told = this.#families.filter((one) => one.name === name);
    assert.ok(told.length > 0, `${name} is not told`);
    const wanted = Object.entries(labels);
    const samples = told
      .flatMap(({ metrics }) => metrics)
      .filter((one) => wanted.every(([label, value]) => one.labels?.[label] === value));
    return samples.reduce((sum, sample) => sum + Number(sample.value), 0);
  }
}

const measured = (t: TestContext, port = '0') => {
  const place = new Place(t);
  const server = place.up({ env: { TANDEM_METRICS_PORT: port } });
  return { place, server };
};

describe('metrics', { concurrency: 2, timeout: 300_000 }, () => {
  it('tell what was done', async (t) => {
    const { place, server } = measured(t);
    await server.listening;
    const client = place.client();
    const greetings: string[] = [];
    for (const name of ['Ada', 'Kim', 'Sam']) greetings.push(await place.run('greeting', { name }));
    for (const run of greetings) await place.ended(run);
    const asking = await place.run('asking', {});
    await place.event(asking, 'approval.requested');
    const failing = await place.run('failing', { how: 'reads' });
    await place.ended(failing);

    const before = await Scrape.of(place);
    assert.equal(before.value('tandem_runs_started_total'), 5);
    assert.equal(before.value('tandem_runs_ended_total', { status: 'succeeded' }), 3);
    assert.equal(before.value('tandem_runs_ended_total', { status: 'failed' }), 1);
    assert.equal(before.value('tandem_runs_in_flight', { status: 'waiting' }), 1);
    assert.equal(before.value('tandem_approvals_waiting'), 1);
    const writes = { kind: 'file.write', outcome: 'ok' };
    assert.equal(before.value('tandem_operations_total', writes), 3);
    assert.equal(before.value('tandem_operation_duration_seconds_count', { kind: 'file.write' }), 3);
    const starts = { method: 'POST', route: '/v1/runs', status: '202' };
    assert.equal(before.value('tandem_http_requests_total', starts), 5);
    assert.equal(before.value('tandem_http_request_duration_seconds_count', starts), 5);
    assert.ok(before.value('tandem_program_hosts') >= 1);
    assert.equal(before.value('tandem_build_info'), 1);

    const { items } = await client.listApprovals({ run: asking });
    await client.approve(items[0]?.approval ?? '');
    await place.ended(asking);
    await fetch(`${place.serverFile().url}/no/such/route`, { method: 'DELETE' });
    let events = 0;
    for (const run of [...greetings, asking, failing]) events += (await client.readEvents(run)).events.length;

    const after = await Scrape.of(place);
    assert.equal(after.value('tandem_runs_ended_total', { status: 'succeeded' }), 4);
    assert.equal(after.value('tandem_runs_in_flight'), 0);
    assert.equal(after.value('tandem_approvals_waiting'), 0);
    assert.equal(after.value('tandem_approvals_decided_total', { decision: 'approved' }), 1);
    assert.equal(after.value('tandem_operations_total', { kind: 'approval.request' }), 1);
    assert.equal(after.value('tandem_log_events_total'), events);
    assert.equal(
      after.value('tandem_http_requests_total', { route: 'none', method: 'any', status: '404' }),
      1,
    );
    assert.ok(after.value('tandem_log_commit_writes_sum') > 0);
    assert.ok(after.names.includes('nodejs_eventloop_lag_seconds'));
    assert.ok(after.names.includes('process_resident_memory_bytes'));
  });

  it('are told to this machine only, under one path', async (t) => {
    const { place, server } = measured(t);
    await server.listening;
    const url = place.serverFile().metrics ?? '';
    assert.equal((await fetch(new URL('/', url))).status, 404);
    assert.equal((await fetch(url, { method: 'POST' })).status, 405);
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    const port = Number(new URL(url).port);
    const rebound = await sendRaw(
      port,
      'GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    assert.match(rebound, /^HTTP\/1\.1 421 /);
  });

  it('are not told when they are off', async (t) => {
    const { place, server } = measured(t, 'off');
    await server.listening;
    assert.equal(place.serverFile().metrics, undefined);
  });

  it('whose port is taken are warned about, and the server runs all the same', async (t) => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    t.after(() => void holder.close());
    const { port } = holder.address() as { port: number };
    const { place, server } = measured(t, String(port));
    await server.listening;
    await place.client().ready();
    server.kill('SIGTERM');
    const { code, stderr } = await server.end;
    assert.equal(code, 0);
    assert.match(
      stderr,
      new RegExp(`"level":"warn","message":"There is no GET /metrics[^\\n]*"port":${port}`),
    );
  });
});
