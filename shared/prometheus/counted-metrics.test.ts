import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountedMetrics } from './counted-metrics.ts';
import type { Family, Sample } from './family.ts';

const of = (metrics: CountedMetrics, name: string): Family => {
  const family = metrics.families.find((one) => one.name === name);
  assert.ok(family, name);
  return family;
};
const samples = (metrics: CountedMetrics, name: string) => of(metrics, name).samples() as readonly Sample[];

test('requests are counted by route, method and status', () => {
  const metrics = new CountedMetrics(() => 0);
  const request = { method: 'GET', route: '/v1/runs/{run}', status: 200 };
  for (const ms of [0.5, 3, 3, 60_000]) metrics.answered(request, ms);
  metrics.answered({ ...request, status: 404 }, 1);
  assert.deepEqual(samples(metrics, 'tandem_http_requests_total'), [
    { labels: { ...request, status: '200' }, value: 4 },
    { labels: { ...request, status: '404' }, value: 1 },
  ]);
  const series = samples(metrics, 'tandem_http_request_duration_seconds').filter(
    ({ labels }) => labels['status'] === '200',
  );
  const byBound = new Map(series.map(({ labels, value }) => [labels['le'], value]));
  assert.deepEqual(
    [0.001, 0.0025, 0.005, 25, '+Inf'].map((le) => byBound.get(le)),
    [1, 1, 3, 3, 4],
  );
  assert.deepEqual(
    series.slice(-2).map(({ metricName, value }) => [metricName?.split('_').at(-1), value]),
    [
      ['sum', 60.0065],
      ['count', 4],
    ],
  );
});

test('a value on a bound is within it', () => {
  const metrics = new CountedMetrics(() => 0);
  metrics.appended(3, 1);
  const [first] = samples(metrics, 'tandem_log_append_duration_seconds');
  assert.deepEqual([first?.labels['le'], first?.value], [0.001, 1]);
  assert.equal(samples(metrics, 'tandem_log_events_total')[0]?.value, 3);
});

test('what never happened is there as well', () => {
  const metrics = new CountedMetrics(() => 0);
  assert.deepEqual(
    samples(metrics, 'tandem_runs_ended_total').map(({ labels, value }) => [labels['status'], value]),
    [
      ['succeeded', 0],
      ['failed', 0],
      ['cancelled', 0],
    ],
  );
});

test('no label tells a tenant, a run or a caller', () => {
  const metrics = new CountedMetrics(() => 0);
  metrics.answered({ method: 'GET', route: '/v1/runs/{run}', status: 200 }, 1);
  metrics.operationEnded('file.read', 'ok');
  metrics.operationTook('file.read', 1);
  const labels = metrics.families.flatMap((family) =>
    (family.samples() as readonly Sample[]).flatMap((sample) => Object.keys(sample.labels)),
  );
  const known = ['method', 'route', 'status', 'kind', 'outcome', 'decision', 'le'];
  assert.deepEqual([...new Set(labels)].sort(), known.sort());
});

test('an observation costs microseconds at most', () => {
  const metrics = new CountedMetrics(() => 0);
  const request = { method: 'GET', route: '/v1/runs/{run}', status: 200 };
  const times = 20_000;
  const best = Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now();
      for (let count = 0; count < times; count += 1) metrics.answered(request, count % 50);
      return ((performance.now() - began) * 1_000) / times;
    }),
  );
  assert.ok(best < 2, `${best} µs`);
});
