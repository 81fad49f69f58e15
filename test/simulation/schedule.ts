import type { Ports } from '../../shared/application/ports.ts';
import { type Chooser, oneOf, seededChooser } from './choosers.ts';
import { Client } from './client.ts';
import type { Fate, Fates } from './fates.ts';
import type { PortCall } from './intercept.ts';
import { assertSound } from './invariants.ts';
import { isAllDone } from './records.ts';
import { attentionTo, programs, shapes } from './shapes.ts';
import { World, type WorldOptions } from './world.ts';

export interface ScheduleOptions {
  readonly sabotage?: (ports: Ports) => Ports;
  /** Whether nothing goes wrong, so that everything must go well without the reconciler; by default the seed decides. */
  readonly fair?: boolean;
}

/**
 * Plays one schedule, decided wholly by its seed: what runs there are, what those outside do, in which order calls
 * arrive, and what goes wrong. Fails when the world gets stuck or is not sound at its end.
 */
export async function playSchedule(seed: number, { sabotage, fair }: ScheduleOptions = {}): Promise<World> {
  const chooser = seededChooser(seed);
  const kind = oneOf(chooser, ['embedded', 'cloud'] as const);
  const isFair = fair ?? chooser.chance(0.3);
  const options: WorldOptions = {
    kind,
    chooser,
    programs,
    operationsPerStep: oneOf(chooser, [undefined, undefined, 1, 3]),
    latency: pace(chooser, isFair),
    ...(isFair ? { mended: false } : { fates: badLuck(chooser, kind) }),
    commandMs: (_, operation) => ((operation * 7 + seed) % 5) ** 3 * 2_000,
    ...(sabotage ? { sabotage } : {}),
  };
  const world = await World.create(options);
  const outside = Array.from({ length: 1 + chooser.pick(3) }, (_, index) => somebody(world, index, isFair));
  for (let disasters = isFair ? 0 : chooser.pick(3); disasters > 0; disasters -= 1) {
    outside.push(disaster(world, kind));
  }
  await world.follow(outside, () => isAllDone(world));
  await assertSound(world);
  return world;
}

/** Starts a run after a while, and does about it what one does about runs of that shape, or loses interest in it. */
async function somebody(world: World, index: number, fair: boolean): Promise<void> {
  const { chooser } = world.options;
  const client = new Client(world, { pauseMs: 1 + chooser.pick(oneOf(chooser, [20, 500, 5_000])) });
  await world.sleep(chooser.pick(4_000));
  const shape = oneOf(chooser, Object.keys(shapes));
  const run = await client.start(shape, { fair }, `key ${index}`);
  const attend = (by: Client) => attentionTo(shape)({ client: by, run, chooser, fair });
  const doing = [attend(client)];
  if (chooser.chance(0.1)) doing.push(attend(new Client(world, { name: 'bob' })));
  if (chooser.chance(0.15)) doing.push(later(world, () => client.cancel(run)));
  if (chooser.chance(0.2)) doing.push(later(world, () => client.pauseFor(run, chooser.pick(40_000))));
  await Promise.all(doing);
}

async function later(world: World, act: () => Promise<void>): Promise<void> {
  await world.sleep(world.options.chooser.pick(30_000));
  await act();
}

/** An execution is lost or stopped, or a process dies for no reason that has to do with a call. */
async function disaster(world: World, kind: Kind): Promise<void> {
  const { chooser } = world.options;
  await world.sleep(chooser.pick(20_000));
  const execution = oneOf(chooser, world.journal.running());
  if (execution && chooser.chance(0.5)) {
    if (kind === 'cloud') return void world.engine.abort(execution.name).catch(() => {});
    world.journal.lose(execution.id);
  }
  world.kill();
}

type Kind = NonNullable<WorldOptions['kind']>;

function fatesOf(kind: Kind, { sync, port }: PortCall): readonly Fate[] {
  if (sync) return ['dies before', 'dies after'];
  const fates: readonly Fate[] = ['dies before', 'dies after', 'refused', 'lost'];
  // Nothing lies between a process and its programs: what it asks them is asked once, and not behind its back.
  return kind === 'cloud' && port !== 'programs' ? [...fates, 'abandoned', 'twice'] : fates;
}

/** How fast things are: the slower, the more happens at once. Where not all is fair, a few calls take very long. */
function pace(chooser: Chooser, isFair: boolean): () => number {
  const usual = oneOf(chooser, isFair ? [5, 50, 500] : [0, 2, 20, 200, 1_500]);
  const slow = isFair ? 0 : oneOf(chooser, [0, 0, 0.002, 0.01]);
  return () => {
    if (chooser.chance(slow)) return chooser.pick(1_200_000);
    return chooser.chance(0.1) ? chooser.pick(usual * 10) : chooser.pick(usual);
  };
}

/** A few calls fare badly; the fewer there are to come, the more it happens to one port. */
function badLuck(chooser: Chooser, kind: Kind): Fates {
  let left = chooser.pick(7);
  const chance = oneOf(chooser, [0.003, 0.01, 0.05]);
  return (call) => {
    if (left === 0 || !chooser.chance(chance)) return 'well';
    left -= 1;
    return oneOf(chooser, fatesOf(kind, call));
  };
}
