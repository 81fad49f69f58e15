import { resolve } from 'node:path';
import { exitWith, say, typed } from '../../command-line.ts';
import { folderError } from '../../data-folder/folder-error.ts';
import { stopOnSignals } from '../../stop-on-signals.ts';
import { machineArn } from '../arns.ts';
import { serverOptions } from './options.ts';
import { startServer } from './server.ts';

/** `tandem stepfunctions`: the engine alone, until somebody stops it. */

const usage =
  'Usage: tandem stepfunctions [--port N] [--data DIR] [--account N] [--region R] [--clock system|virtual] [--mock-config FILE] [--template FILE] [--retention-days N] [--json]';

const fail = (error: unknown): never => exitWith(folderError(error), usage);

// Inputs and outputs of executions are nobody else's.
process.umask(0o077);

try {
  const options = serverOptions(
    typed(['port', 'data', 'account', 'region', 'clock', 'mock-config', 'template', 'retention-days']),
    process.env,
  );
  const server = await startServer({ ...options, onError: (error) => console.error(error) });
  const { url } = server;
  stopOnSignals(async (signal) => {
    await server.close();
    say('', { stopped: { url, signal } });
  }, fail);
  const { account, region, clock = 'system', machines = [] } = options;
  const kept = options.data === undefined ? 'in memory' : `in ${resolve(options.data)}`;
  const stateMachines = machines.map(({ name }) => machineArn({ account, region }, name));
  const lines = [
    `Step Functions listens on ${url}`,
    `Account ${account}, region ${region}, ${clock} clock; everything is kept ${kept}.`,
    ...stateMachines,
    '',
    `  aws stepfunctions --endpoint-url ${url} list-state-machines`,
  ];
  const place = { account, region, clock, ...(options.data && { data: resolve(options.data) }) };
  say(lines.join('\n'), { listening: { url, pid: process.pid, ...place, stateMachines } });
} catch (error) {
  fail(error);
}
