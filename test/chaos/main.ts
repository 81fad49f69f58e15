import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';
import { check } from './checks/check.ts';
import { reportOf, reportText } from './report.ts';

/**
 * `npm run chaos -- [--runs N] [--kills K] [--seed S] [--json] [--keep]`: kills the embedded twin again and again while
 * it works, and checks from outside that nothing is lost, done twice or left behind. Exit status 1: something was found.
 */

const usage = 'Usage: npm run chaos -- [--runs N] [--kills K] [--seed S] [--json] [--keep]';

interface Options {
  readonly runs: number;
  readonly kills: number;
  readonly seed: number;
  readonly json: boolean;
  readonly keep: boolean;
}

/** Throws a `TypeError` for what cannot be understood. */
function options(): Options {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '40' },
      kills: { type: 'string', default: '8' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'runs' | 'kills' | 'seed'): number => {
    if (/^\d{1,9}$/.test(values[name])) return Number(values[name]);
    throw new TypeError(`--${name} takes a whole number, not ${values[name]}`);
  };
  const { json, keep } = values;
  return { runs: whole('runs'), kills: whole('kills'), seed: whole('seed'), json, keep };
}

function optionsOrExit(): Options {
  try {
    return options();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}.\n${usage}`);
    process.exit(2);
  }
}

/**
 * A port that nobody listens on now. Below those that systems give to outgoing connections: whoever asks for a server
 * that is down could otherwise be given its port, and keep the next server from it.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(20_000 + Math.floor(Math.random() * 12_000), '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** One line on a terminal that is written over; nothing elsewhere. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const { json, keep, ...plan } = optionsOrExit();
const folder = await mkdtemp(join(tmpdir(), 'tandem-chaos-'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`Ended by ${signal}`)));
}
const began = performance.now();
const port = await freePort();
const chaos = await runChaos({ ...plan, folder, port, progress, stop: stop.signal }).catch(
  (error: unknown): never => {
    console.error(error instanceof Error && stop.signal.aborted ? error.message : error);
    console.error(`Seed ${plan.seed}; everything lies in ${folder}`);
    process.exit(1);
  },
);
const findings = check(chaos.evidence);
const seconds = Math.round((performance.now() - began) / 100) / 10;
const report = reportOf(chaos, { seed: plan.seed, seconds, findings });
progress('');
console.log(json ? JSON.stringify(report, null, 2) : reportText(report));

if (keep || findings.length > 0) {
  const { evidence } = chaos;
  const everything = { ...evidence, found: Object.fromEntries(evidence.found) };
  writeFileSync(join(folder, 'evidence.json'), JSON.stringify(everything, null, 1));
  console.error(`Seed ${plan.seed}; data folder, witness and evidence lie in ${folder}`);
} else await rm(folder, { recursive: true, force: true });
process.exitCode = findings.length > 0 ? 1 : 0;
