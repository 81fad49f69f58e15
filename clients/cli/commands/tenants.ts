import type { Tenant } from '../../../shared/protocol/tenants.ts';
import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Paint } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';
import { localTime } from '../views/run-table.ts';
import { eachPage, takeArguments } from './arguments.ts';

const options = {
  name: { type: 'string', value: 'TEXT', help: 'what people call the tenant (create)' },
  reason: { type: 'string', value: 'TEXT', help: 'why, for the record (suspend, resume)' },
} as const;

type TenantsCall = Call<typeof options>;

export const command = defineCommand({
  usage: 'list | create NAME [--name TEXT] | show TENANT | suspend TENANT | resume TENANT',
  options,
  details:
    'Needs the role `platform`, which the token of a data folder has. A suspended tenant is refused everything, and its\n' +
    'runs pause; resumed, they go on where they were.',
  async run(call) {
    const [verb = 'list', ...rest] = call.arguments;
    const of = { ...call, arguments: rest };
    if (verb === 'list' && rest.length === 0) return list(of);
    const act = acts[verb];
    if (act === undefined) throw new UsageError('`tenants` takes list, create, show, suspend or resume');
    return showOne(of, await act(of, takeArguments(of, 'TENANT')[0]));
  },
});

const acts: Readonly<Record<string, (call: TenantsCall, tenant: string) => Promise<Tenant>>> = {
  create: ({ connect, values: { name } }, tenant) =>
    connect().createTenant({ tenant, ...(name === undefined ? {} : { name }) }),
  show: ({ connect }, tenant) => connect().getTenant(tenant),
  suspend: ({ connect, values }, tenant) => connect().suspendTenant(tenant, values.reason),
  resume: ({ connect, values }, tenant) => connect().resumeTenant(tenant, values.reason),
};

async function list({ connect, output, json }: TenantsCall): Promise<ExitCode> {
  const client = connect();
  const tenants = await eachPage((page) => client.listTenants(page));
  if (json) output.document({ items: tenants });
  else if (tenants.length === 0) output.line('No tenants: make one with `npx tandem tenants create NAME`.');
  else output.lines(tenantTable(tenants, output));
  return exitCodes.ok;
}

function showOne({ output, json }: TenantsCall, tenant: Tenant): ExitCode {
  if (json) output.document(tenant);
  else output.lines(sentences(tenant, output.paint));
  return exitCodes.ok;
}

function sentences({ tenant, name, status, reason, settling, createdAt, createdBy }: Tenant, paint: Paint) {
  const called = name === undefined ? '' : ` (${cleanLine(name)})`;
  const why = reason === undefined ? '' : `: ${cleanLine(reason)}`;
  const doing = status === 'suspended' ? 'are being paused' : 'are being resumed';
  return [
    `${paint('name', tenant)}${called} is ${paint(tones[status], status)}${why}.`,
    ...(settling ? [`Its runs ${doing}.`] : []),
    paint('quiet', `Made ${localTime(createdAt)} by ${cleanLine(createdBy)}.`),
  ];
}

const tones = { active: 'good', suspended: 'bad' } as const;

function tenantTable(tenants: readonly Tenant[], output: TenantsCall['output']): string[] {
  return table(
    tenants,
    [
      { title: 'tenant', text: ({ tenant }) => tenant, tone: () => 'name' },
      { title: 'status', text: ({ status }) => status, tone: ({ status }) => tones[status] },
      { title: 'name', text: ({ name = '' }) => cleanLine(name), gives: true, optional: true },
      { title: 'reason', text: ({ reason = '' }) => cleanLine(reason), gives: true, optional: true },
      { title: 'made', text: ({ createdAt }) => localTime(createdAt), tone: () => 'quiet', optional: true },
    ],
    output,
  );
}
