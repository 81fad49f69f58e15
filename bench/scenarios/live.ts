import { LiveLine } from '../../clients/sdk/live-line.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { type Scenario, startRun, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const sessions = 50;
const subscribers = 10;
const pace = { times: 30, everyMs: 500 };

/** The first moments of all sessions at once say how soon programs start, not how soon news is told. */
const settled = 20;

/** What one subscriber has seen. */
interface Seen {
  /** Milliseconds from the time in each event until it was here. */
  readonly delays: number[];
  /** Events that did not follow the one before. */
  gaps: number;
}

export const live: Scenario = {
  name: 'live',
  about: 'Events until subscribers of the live channel have them',
  measure: () =>
    withServer(async ({ server, client }): Promise<readonly Figure[]> => {
      const runs: string[] = [];
      for (let index = 0; index < sessions; index += 1) {
        runs.push((await startRun(client, 'pacing', pace)).run);
      }
      const open = () => LiveLine.open({ url: server.url, token: server.token }, server.token);
      const lines = await Promise.all(Array.from({ length: subscribers }, open));
      const seen = await Promise.all(lines.map((line) => line && watch(line, runs)));
      const all = seen.filter((one) => one !== undefined);
      const gaps = all.reduce((sum, one) => sum + one.gaps, subscribers - all.length);
      return [
        {
          name: `event until ${subscribers} subscribers of ${sessions} sessions have it`,
          unit: 'ms',
          value: distribution(all.flatMap(({ delays }) => delays)),
          targets: [below('p99', 150)],
          note: 'from the time in the event, which is before its commit',
        },
        {
          name: 'gaps in what subscribers were told',
          unit: 'ratio',
          value: gaps,
          targets: [below('value', 1)],
        },
      ];
    }),
};

/** Follows all runs over one connection, to their ends. */
async function watch(line: LiveLine, runs: readonly string[]): Promise<Seen> {
  const seen: Seen = { delays: [], gaps: 0 };
  const last = new Map<string, number>();
  const going = new Set(runs);
  for (const run of runs) line.send({ type: 'subscribe', run });
  while (going.size > 0) {
    const frame = await line.next(60_000);
    if (frame === undefined) throw new Error(`${going.size} runs were not told to their end`);
    if (frame.type !== 'events') continue;
    last.set(frame.run, take(seen, frame.events, last.get(frame.run) ?? 0));
    if (frame.ended) going.delete(frame.run);
  }
  line.close();
  return seen;
}

/** Takes events in that follow `known`; answers the number of the last. */
function take(seen: Seen, events: readonly RunEvent[], known: number): number {
  const now = performance.timeOrigin + performance.now();
  let last = known;
  for (const { seq, at } of events.filter((event) => event.seq > known)) {
    if (seq !== last + 1) seen.gaps += 1;
    if (seq > settled) seen.delays.push(now - Date.parse(at));
    last = seq;
  }
  return last;
}
