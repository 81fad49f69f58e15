import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Append } from '../../shared/ports/event-log.ts';
import { inOrder } from './choosers.ts';
import { Client } from './client.ts';
import type { Fate, Fates } from './fates.ts';
import { nameOf, type PortCall } from './intercept.ts';
import { assertSound } from './invariants.ts';
import { normalised } from './normalise.ts';
import type { SimulatedPrograms } from './programs.ts';
import { isAllDone, recordsOf } from './records.ts';
import { caller, World, type WorldOptions } from './world.ts';

/** start → command → approval → signal → child → finish, with a file and an artefact on the way. */
const programs: SimulatedPrograms = {
  journey: async ({ file, command, artifact, approval, signal, agent }, input: { text: string }) => {
    await file.write('letter.md', input.text);
    await command.run('post').catch(() => 'interrupted');
    await artifact.add('letter.md');
    const { decision } = await approval.request({ what: 'Post the letter' });
    const { payload } = await signal.wait('stamp');
    const { output } = await agent.call('postman', { decision });
    return { decision, payload, output };
  },
  postman: async ({ file, now }, input: { decision: string }) => {
    await now();
    await file.write('way.md', input.decision);
    return { delivered: true };
  },
};

async function journey(world: World): Promise<void> {
  const client = new Client(world);
  const run = await client.start('journey', { text: 'Dear Ann' }, 'letter');
  await client.decide(run, 'approved');
  await client.see(run, async (api) => {
    const { waitingFor } = await api.getRun(caller, run);
    return waitingFor === 'signal' ? true : undefined;
  });
  await client.signal(run, 'stamp', 'blue');
}

type Kind = NonNullable<WorldOptions['kind']>;

async function play(kind: Kind, fates: Fates): Promise<World> {
  const world = await World.create({ kind, chooser: inOrder, programs, fates });
  await world.follow([journey(world)], () => isAllDone(world));
  return world;
}

/** Lets one call fare badly: the `cut`-th of the journey. */
function oneFate(cut: number, fate: Fate): { fates: Fates; hit: () => PortCall | undefined } {
  let calls = 0;
  let hit: PortCall | undefined;
  const fates: Fates = (call) => {
    calls += 1;
    if (calls !== cut) return 'well';
    hit = call;
    return fate;
  };
  return { fates, hit: () => hit };
}

function fatesOf(kind: Kind, { sync }: PortCall): readonly Fate[] {
  if (sync) return ['dies before', 'dies after'];
  const fates: readonly Fate[] = ['dies before', 'dies after', 'refused', 'lost'];
  return kind === 'cloud' ? [...fates, 'abandoned', 'twice'] : fates;
}

/**
 * The same story with the command ended as `told` has it: cut off between its claim and its outcome it is interrupted,
 * and its outcome may still arrive too late.
 */
function interruptedStory(story: readonly string[], told: readonly string[]): readonly string[] {
  const interrupted = told.find((line) => line.includes('operation.interrupted'));
  const late = told.findIndex((line) => line.includes('operation.late'));
  const done = story.findIndex((line) => /operation\.completed .*exitCode/.test(line));
  if (!interrupted) return story;
  const ended = story.with(done, interrupted);
  return late < 0 ? ended : ended.toSpliced(late, 0, told[late] ?? '');
}

/** From the launch of the command's worker until its outcome is stored: only there a cut can interrupt it. */
function isWithinCommand(calls: readonly PortCall[], index: number): boolean {
  const launched = calls.findIndex((call) => nameOf(call) === 'launcher.launch');
  const stored = calls.findIndex(
    (call) => nameOf(call) === 'log.append' && endsCommand(call.args[0] as Append),
  );
  return index >= launched && index <= stored;
}

const endsCommand = ({ events }: Append): boolean =>
  events.some(({ type, by }) => type === 'operation.completed' && by === 'worker');

for (const kind of ['embedded', 'cloud'] as const) {
  const calls: PortCall[] = [];
  const straight = await play(kind, (call) => {
    calls.push(call);
    return 'well';
  });
  const story = normalised(recordsOf(straight));
  let cuts = 0;

  describe(`${kind}: one call fares badly`, () => {
    test('the journey itself is sound', async () => {
      assert.equal(story.filter((line) => line.includes('run.succeeded')).length, 2);
      await assertSound(straight);
    });

    for (const [index, call] of calls.entries()) {
      for (const fate of fatesOf(kind, call)) {
        test(`call ${index + 1}, ${nameOf(call)}, ${fate}`, async () => {
          const { fates, hit } = oneFate(index + 1, fate);
          const world = await play(kind, fates);
          cuts += 1;
          assert.equal(nameOf(hit() ?? call), nameOf(call), 'another call was hit');
          const told = normalised(recordsOf(world));
          const expected = isWithinCommand(calls, index) ? interruptedStory(story, told) : story;
          assert.equal(told.join('\n'), expected.join('\n'));
          await assertSound(world);
        });
      }
    }

    test('every call was cut, and there are as many as there should be', (context) => {
      context.diagnostic(`${cuts} cuts at ${calls.length} calls`);
      assert.ok(calls.length > 200 && cuts > 3 * 200, `${cuts} cuts at ${calls.length} calls`);
    });
  });
}
