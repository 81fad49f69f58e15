import type { AuditEvent } from '../../../shared/protocol/audit.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';
import { auditTable, auditTitles } from '../views/audit-table.ts';
import { refuseMore } from './arguments.ts';

const options = {
  follow: { type: 'boolean', help: 'go on as it happens, until Ctrl-C' },
  type: { type: 'string', value: 'TYPE', help: 'such as key.revoked, or a family such as key' },
  last: {
    type: 'string',
    value: 'N',
    help: 'how many of the last events to look at, or `all` (default: 50)',
  },
  platform: { type: 'boolean', help: 'what has happened outside the tenants (role platform)' },
} as const;

type AuditCall = Call<typeof options>;

export const command = defineCommand({
  usage: '[--type TYPE] [--last N|all] [--follow] [--platform]',
  options,
  details:
    'What has happened in the tenant outside its runs: who has published, made and revoked keys, and was refused.\n' +
    'Refusals are written once a minute. With --json: one line each. `verify --audit` checks the log.',
  async run(call) {
    refuseMore(call, 0);
    const { follow = false, platform = false, type } = call.values;
    const client = call.connect();
    const after = await startOf(client, call.values.last, platform);
    const query = { platform, after, ...(type === undefined ? {} : { type }) };
    return follow ? followLog(call, client, query) : show(call, client, query);
  },
});

type Query = Parameters<TandemClient['auditEvents']>[0];

async function show(call: AuditCall, client: TandemClient, query: Query): Promise<ExitCode> {
  const { output, json } = call;
  const events: AuditEvent[] = [];
  for await (const event of client.auditEvents(query)) {
    if (json) output.record(event);
    else events.push(event);
  }
  if (json) return exitCodes.ok;
  if (events.length === 0) output.line('Nothing has happened.');
  else output.lines(auditTable(events, output));
  return exitCodes.ok;
}

async function followLog(call: AuditCall, client: TandemClient, query: Query): Promise<ExitCode> {
  const { output, json } = call;
  const signal = call.interrupted();
  if (!json) output.line(auditTitles(output));
  try {
    for await (const event of client.auditEvents(query, { follow: true, signal })) {
      if (json) output.record(event);
      else output.lines(auditTable([event], output, 'rows'));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return exitCodes.interrupted;
}

/** The event after which the last so many begin. */
async function startOf(client: TandemClient, typed = '50', platform = false): Promise<number> {
  if (typed === 'all') return 0;
  const wanted = Number(typed);
  if (!Number.isInteger(wanted) || wanted < 0)
    throw new UsageError(`--last takes a number or \`all\`, not \`${typed}\``);
  const { last } = await client.readAudit({ platform, limit: 1 });
  return Math.max(0, last - wanted);
}
