import module from 'node:module';
import { resolve } from 'node:path';
import { exitWith, say, typedWords } from './command-line.ts';
import { openLog, serverSettings } from './settings/server-settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { startTwin, type Twin } from './twin.ts';

/** `tandem up`: the embedded twin, until somebody stops it. */

const usage =
  'Usage: tandem up [--data DIR] [--port N] [--host ADDRESS] [--auth tokens|none] [--tls] [--tls-cert FILE --tls-key FILE] [--json]';

/** How long after its start the server writes what has been compiled, in milliseconds. */
const calmMs = 2_000;

/** Options by their names; `--tls` alone means on. */
function typedFlags() {
  const options = ['data', 'port', 'host', 'auth', 'tls-cert', 'tls-key'] as const;
  const { tls, ...values } = typedWords({ options, flags: ['tls'] }).values;
  return { ...values, ...(tls && { tls: 'on' }) };
}

let flush = (): void => {};

async function stop(twin: Twin, signal: NodeJS.Signals): Promise<void> {
  await twin.close();
  flush();
  say('', { stopped: { url: twin.url, signal } });
}

function fail(error: unknown): never {
  flush();
  return exitWith(error, usage);
}

// Whatever is written, by whichever library or child, is this user's alone: databases, bundles, workspaces.
process.umask(0o077);

try {
  const settings = serverSettings(typedFlags(), process.env);
  const opened = openLog(settings.TANDEM_LOG_LEVEL, process.env);
  flush = opened.flush;
  const twin = await startTwin({ settings, log: opened.log });
  stopOnSignals((signal) => stop(twin, signal), fail);
  const { url, metrics } = twin;
  const told = metrics === undefined ? '' : `\nMetrics for Prometheus stand at ${metrics}`;
  say(`Tandem listens on ${url}${told}`, {
    listening: { url, pid: process.pid, data: resolve(settings.TANDEM_DATA), ...(metrics && { metrics }) },
  });
  twin.firstAccount.then(
    (account) =>
      account &&
      say(`The account ${account.name} was made; its password is in ${account.file}`, {
        firstAccount: account,
      }),
    () => {},
  );
  // Never written after `kill -9` otherwise, which is when the next start should be quick.
  setTimeout(() => module.flushCompileCache(), calmMs).unref();
} catch (error) {
  fail(error);
}
