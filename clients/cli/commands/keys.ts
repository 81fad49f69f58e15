import type { ApiKey } from '../../../shared/protocol/keys.ts';
import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';
import { expiryOf } from '../views/expiry.ts';
import { localTime } from '../views/run-table.ts';
import { eachPage, takeArguments } from './arguments.ts';

const options = {
  role: { type: 'string', multiple: true, value: 'ROLE', help: 'user, operator or admin (default: user)' },
  expires: { type: 'string', value: 'WHEN', help: 'such as 30d or 12h, or a time; default: never' },
  reason: { type: 'string', value: 'TEXT', help: 'why it is revoked, for the record' },
} as const;

type KeysCall = Call<typeof options>;

const roles = ['user', 'operator', 'admin'] as const;

export const command = defineCommand({
  usage: 'list | create NAME [--role ROLE] [--expires WHEN] | revoke KEY [--reason TEXT]',
  options,
  details:
    'An API key is the credential of a machine: it is sent as a bearer token (TANDEM_TOKEN). Its secret is shown once.',
  async run(call) {
    const [verb = 'list', ...rest] = call.arguments;
    const of = { ...call, arguments: rest };
    if (verb === 'list' && rest.length === 0) return list(of);
    if (verb === 'create') return create(of);
    if (verb === 'revoke') return revoke(of);
    throw new UsageError('`keys` takes list, create NAME, or revoke KEY');
  },
});

async function list({ connect, output, json }: KeysCall): Promise<ExitCode> {
  const client = connect();
  const keys = await eachPage((page) => client.listKeys(page));
  if (json) output.document({ items: keys });
  else if (keys.length === 0) output.line('No API keys: make one with `npx tandem keys create NAME`.');
  else output.lines(keyTable(keys, output));
  return exitCodes.ok;
}

async function create(call: KeysCall): Promise<ExitCode> {
  const [name] = takeArguments(call, 'NAME');
  const { role = ['user'], expires } = call.values;
  const key = await call.connect().createKey({
    name,
    roles: role.map(roleOf),
    ...(expires === undefined ? {} : { expiresAt: expiryOf(expires, Date.now()) }),
  });
  const { output, json } = call;
  if (json) output.document(key);
  else {
    output.line(key.secret);
    const until = key.expiresAt === undefined ? 'it is revoked' : localTime(key.expiresAt);
    output.line(output.paint('quiet', 'It is not shown again.'));
    output.line(output.paint('quiet', `In lists it is ${key.key}, good until ${until}.`));
  }
  return exitCodes.ok;
}

async function revoke(call: KeysCall): Promise<ExitCode> {
  const [typed] = takeArguments(call, 'KEY');
  // Whoever has found a key has the whole of it; its id is what is sent.
  const id = /^tk_([^_]+)_/.exec(typed)?.[1] ?? typed;
  const key = await call.connect().revokeKey(id, call.values.reason);
  const { output, json } = call;
  if (json) output.document(key);
  else output.line(`${cleanLine(key.name)} (${key.key}) is revoked: nobody gets in with it.`);
  return exitCodes.ok;
}

function roleOf(typed: string) {
  const role = roles.find((one) => one === typed);
  if (role) return role;
  throw new UsageError(`--role takes ${roles.join(', ')}, not \`${typed}\``);
}

function keyTable(keys: readonly ApiKey[], output: KeysCall['output']): string[] {
  return table(
    keys,
    [
      { title: 'key', text: ({ key }) => key, tone: () => 'name' },
      { title: 'name', text: ({ name }) => cleanLine(name), gives: true },
      { title: 'roles', text: (key) => key.roles.join(' '), optional: true },
      {
        title: 'status',
        text: statusOf,
        tone: (key) => (statusOf(key) === 'good' ? 'good' : 'bad'),
      },
      {
        title: 'until',
        text: ({ expiresAt }) => (expiresAt === undefined ? '' : localTime(expiresAt)),
        tone: () => 'quiet',
        optional: true,
      },
      { title: 'made', text: ({ createdAt }) => localTime(createdAt), tone: () => 'quiet', optional: true },
    ],
    output,
  );
}

function statusOf({ revokedAt, expiresAt }: ApiKey): string {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'good';
}
