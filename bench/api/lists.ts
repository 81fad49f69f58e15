import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RunPage, runQuery } from '../../shared/protocol/runs.ts';
import type { Inferred } from '../../shared/protocol/schema.ts';
import type { LeanClient } from '../../test/support/lean-client.ts';
import { runToEnd, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { fillFolder } from '../fill.ts';
import { type Distribution, distribution } from '../stats.ts';

const runs = 100_000;
const requests = 200;
const size = 50;
/** No run has both: the page looks at as many rows as it may, and says where to go on. */
const neither = 'by two that never meet';

type Filter = Exclude<keyof Inferred<typeof runQuery>, 'limit' | 'cursor'>;

/** A value for each filter that there is: tens of thousands of runs have it, or only a few. */
const filters: Readonly<Record<Filter, string>> = {
  // The ids of all of them are of the first second of 1970.
  from: '1970-01-01T00:00:00.000Z',
  to: '1970-01-02T00:00:00.000Z',
  agent: 'agent-3',
  status: 'failed',
  session: 'session-7',
  parent: 'run_00000000000000000000000005',
};

/** As if many agents had run in many sessions: a tenth of the runs each, a fiftieth, a hundredth. */
const spread = `
  UPDATE runs SET agent = 'agent-' || (number % 10), status = iif(number % 50 = 1, 'failed', status),
    session = 'session-' || (number % 100),
    parent = iif(number % 50 = 0, '${filters.parent}', NULL)
  FROM (SELECT run AS id, CAST(substr(run, 5) AS INTEGER) AS number FROM runs) WHERE run = id;
  UPDATE runs SET row = json_patch(row, json_object(
    'agent', agent, 'status', status, 'session', session, 'parent', parent))`;

/** Pages of 50 of a hundred thousand runs. */
export function lists(): Promise<readonly Figure[]> {
  return withServer(async ({ server, client }) => {
    const { run } = await runToEnd(client, 'trivial');
    await server.stop();
    fillFolder(server.data, run, runs);
    const database = new DatabaseSync(join(server.data, 'log.db'));
    database.exec(spread);
    database.close();
    await server.start();
    const queries: [string, string][] = [
      ['all', ''],
      ...Object.entries(filters).map(([name, value]): [string, string] => [
        `by ${name}`,
        `&${name}=${value}`,
      ]),
      [neither, `&agent=${filters.agent}&status=${filters.status}`],
    ];
    const figures: Figure[] = [];
    for (const [name, query] of queries) {
      figures.push({
        name: `${size} of ${runs / 1000},000 runs, ${name}`,
        unit: 'ms',
        value: await timed(client, `/v1/runs?limit=${size}${query}`, name === neither ? 0 : size),
        targets: [below('p50', 5)],
      });
    }
    return figures;
  });
}

async function timed(client: LeanClient, path: string, items: number): Promise<Distribution> {
  const samples: number[] = [];
  for (let i = 0; i < 2 * requests; i++) {
    const began = performance.now();
    const page = await client.data<RunPage>('GET', path);
    samples.push(performance.now() - began);
    if (page.items.length !== items) throw new Error(`${path} gives ${page.items.length} runs, not ${items}`);
  }
  return distribution(samples.slice(requests));
}
