/**
 * Writes down what this release makes of its own logs and steps, for later releases to be held to. Once per release,
 * before it is published: `node test/golden/record.ts 0.1.0`. What is recorded is never written again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chainStart, eventHash, sealEvent } from '../../shared/domain/chain.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import { headMessage } from '../../shared/domain/verify.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { signer } from '../simulation/ports.ts';
import { type GoldenLog, type GoldenStep, retell } from './golden.ts';
import { performStep } from './perform-step.ts';
import { steps } from './steps.ts';
import { stories } from './stories.ts';

const clock = new VirtualClock();
const ids = new SeededIds(1, clock);

/** The same events with ids and salts as a server gives them. */
function sealed(events: readonly RunEvent[]): readonly RunEvent[] {
  const all: RunEvent[] = [];
  let hash = chainStart;
  for (const { tenant, run, seq, at, ...draft } of events) {
    clock.advance(Math.max(0, Date.parse(at) - clock.now()));
    const seal = { id: ids.next('evt'), at, salt: ids.hex(16) };
    const event = sealEvent(draft, { tenant, run, seq: seq - 1, hash }, seal);
    hash = eventHash(event);
    all.push(event);
  }
  return all;
}

async function recordLog(name: string): Promise<GoldenLog> {
  const events = sealed(stories[name]?.().events ?? []);
  const { state, rows } = retell(events);
  const { tenant, run, seq, hash, end } = state;
  const head = { run, seq, hash };
  const signature = end && { signature: await signer.sign(headMessage(tenant, head)) };
  return { name, events, head: { ...head, ...signature }, state, rows };
}

async function recordStep(
  { name, task, log, seq, input: particulars }: (typeof steps)[number],
  logs: readonly GoldenLog[],
): Promise<GoldenStep> {
  const its = logs.find((other) => other.name === log);
  if (!its) throw new Error(`There is no story “${log}”`);
  const { tenant, run, generation } = retell(its.events.slice(0, seq)).state;
  const input = { tenant, run, generation, ...particulars };
  return { name, task, log, seq, input, became: await performStep({ task, seq, input }, its) };
}

const release = process.argv[2];
if (!release || !/^\d+\.\d+\.\d+$/.test(release))
  throw new Error('Usage: node test/golden/record.ts <release>');
const folder = new URL(`${release}/`, import.meta.url);
const logs = await Promise.all(Object.keys(stories).map(recordLog));
const recorded = { logs, steps: await Promise.all(steps.map((step) => recordStep(step, logs))) };
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(recorded)) {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(content, null, 1)}\n`, { flag: 'wx' });
}
