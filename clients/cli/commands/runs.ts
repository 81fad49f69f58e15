import { runStatus } from '../../../shared/protocol/runs.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { moment } from '../input/moment.ts';
import { UsageError } from '../usage-error.ts';
import { runTable } from '../views/run-table.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '[--agent AGENT] [--status STATUS] [--since TIME]',
  options: {
    agent: { type: 'string', value: 'AGENT', help: 'only runs of this agent' },
    status: {
      type: 'string',
      value: 'STATUS',
      choices: runStatus().options,
      help: runStatus().options.join(', '),
    },
    since: { type: 'string', value: 'TIME', help: 'begun since: 2h, 7d, 2026-11-28 or 2026-11-28T09:30' },
    until: { type: 'string', value: 'TIME', help: 'begun before that time' },
    session: { type: 'string', value: 'NAME', help: 'only runs of this session' },
    limit: { type: 'string', value: 'N', help: 'how many, at most 200 (default: 50)' },
    cursor: { type: 'string', value: 'CURSOR', help: 'go on after the page that named it' },
  },
  async run(call) {
    refuseMore(
      call,
      0,
      (extra) => `\`npx tandem show ${extra}\` shows one run, \`--agent ${extra}\` lists those of an agent`,
    );
    const { agent, status, since, until, session, limit, cursor } = call.values;
    const now = Date.now();
    const page = await call.connect().listRuns({
      ...(agent === undefined ? {} : { agent }),
      ...(status === undefined ? {} : { status: statusOf(status) }),
      ...(since === undefined ? {} : { from: moment('--since', since, now) }),
      ...(until === undefined ? {} : { to: moment('--until', until, now) }),
      ...(session === undefined ? {} : { session }),
      ...(limit === undefined ? {} : { limit: limitOf(limit) }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (call.json) {
      call.output.document(page);
      return exitCodes.ok;
    }
    if (page.items.length === 0) call.output.line('No runs.');
    else call.output.lines(runTable(page.items, call.output));
    if (page.cursor) call.output.line(`More:  npx tandem runs --cursor ${page.cursor}`);
    return exitCodes.ok;
  },
});

function statusOf(typed: string) {
  const status = runStatus().safeParse(typed);
  if (status.success) return status.data;
  throw new UsageError(`--status takes ${runStatus().options.join(', ')}, not \`${typed}\``);
}

function limitOf(typed: string): number {
  const limit = Number(typed);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new UsageError(`--limit takes a number from 1 to 200, not \`${typed}\``);
}
