import type { RunEvent } from '../../../shared/protocol/events.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatEntry, formatTitles } from '../timeline/format.ts';
import { Timeline } from '../timeline/timeline.ts';
import { runHeader } from '../views/run-header.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN]',
  options: {},
  details: 'With --json: the run and every event of its log. Without RUN: the newest one.',
  async run(call) {
    const client = call.connect();
    const id = await runOf(call);
    const [run, events] = await Promise.all([client.getRun(id), readAll(client, id)]);
    const { output } = call;
    if (call.json) {
      output.document({ run, events });
      return exitCodes.ok;
    }
    const look = { paint: output.paint, columns: output.columns };
    const timeline = new Timeline();
    const entries = events.flatMap((event) => timeline.add(event));
    output.lines([
      ...runHeader(run, output),
      '',
      formatTitles(look),
      ...entries.flatMap((entry) => formatEntry(entry, look)),
    ]);
    return exitCodes.ok;
  },
});

async function readAll(client: TandemClient, run: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await client.readEvents(run, { after: events.at(-1)?.seq ?? 0 });
    events.push(...page.events);
    if (!page.more) return events;
  }
}
