import type { Chooser } from './choosers.ts';
import type { Client } from './client.ts';
import type { SimulatedProgram, SimulatedPrograms } from './programs.ts';

/** What the program is told: where nothing goes wrong, nothing may be hidden by a deadline either. */
export interface ShapeInput {
  readonly fair: boolean;
}

interface Attending extends ShapeInput {
  readonly client: Client;
  readonly run: string;
  readonly chooser: Chooser;
}

/** What somebody outside does about a run that he has started. */
type Attention = (its: Attending) => Promise<void>;

/** A kind of run, and what those outside do about it. */
interface Shape {
  readonly program: SimulatedProgram;
  readonly attend?: Attention;
}

const nobody: Attention = async () => {};
const decide = ({ client, run, chooser }: Attending) =>
  client.decide(run, chooser.chance(0.7) ? 'approved' : 'denied');

/** Signals differ, so that each can be found again. */
const signal = ({ client, run }: Attending, name: string, count = 0) =>
  client.signal(run, name, `${run} ${client.name} ${name} ${count}`);

export const shapes: Readonly<Record<string, Shape>> = {
  steps: {
    program: async ({ file, now, random, id, log, artifact }) => {
      const numbers: number[] = [];
      for (let step = 0; step < 6; step += 1) {
        numbers.push(await random());
        log('step', { data: step });
        await file.write(`step/${step}`, String(numbers[step]));
      }
      await artifact.add('step/0');
      const texts = [await file.read('step/0'), await file.read('step/5')];
      return { numbers, texts, at: await now(), id: await id(), files: (await file.list()).length };
    },
  },
  crowd: {
    program: async ({ command, approval, signal: signals, sleep, random }) => {
      const luck = random();
      const [ran, { decision: decided }, { payload }] = await Promise.all([
        command.run('one').catch((error: Error) => error.message),
        approval.request({ what: 'Go on' }),
        signals.wait('go'),
        sleep(5_000),
      ]);
      return { ran, decided, payload, luck: await luck };
    },
    attend: async (its) => {
      await Promise.all([decide(its), signal(its, 'go')]);
    },
  },
  race: {
    program: async ({ signal: signals, sleep, approval, now }) => {
      const first = await Promise.race([
        signals.wait('go', { timeoutMs: 60_000 }).then(({ payload }) => payload),
        sleep(4_000).then(() => 'time'),
        approval.request({ what: 'Which', expiresInMs: 30_000 }).then(({ decision: decided }) => decided),
      ]);
      const at = await now();
      await sleep(1_000);
      return { first, at };
    },
    attend: (its) => (its.chooser.chance(0.5) ? signal(its, 'go') : decide(its)),
  },
  doubt: {
    program: async ({ approval, random }, { fair }: ShapeInput) => {
      const decisions: string[] = [];
      for (let asked = 0; asked < 2; asked += 1) {
        const expiry = fair ? {} : { expiresInMs: 20_000 };
        const answer = await approval.request({ what: `Question ${asked}`, ...expiry });
        decisions.push(answer.decision);
      }
      return { decisions, luck: await random() };
    },
    attend: async (its) => {
      for (let asked = 0; asked < 2; asked += 1) {
        if (its.fair || its.chooser.chance(0.7)) await decide(its);
      }
    },
  },
  commands: {
    program: async ({ command, file }) => {
      const run = (name: string) => command.run(name).catch((error: Error) => error.message);
      const both = await Promise.all([run('one'), run('two')]);
      const last = await run('three');
      return { both, last, files: (await file.list()).map(({ path }) => path) };
    },
  },
  listener: {
    program: async ({ signal: signals, log }) => {
      const heard: unknown[] = [];
      for (let count = 0; count < 3; count += 1) heard.push((await signals.wait('next')).payload);
      log('heard', { data: heard.length });
      return heard;
    },
    attend: async (its) => {
      for (let count = 0; count < 3; count += 1) await signal(its, 'next', count);
    },
  },
  twins: {
    program: async ({ signal: signals, now }) => {
      const heard = await Promise.all([signals.wait('go'), signals.wait('go')]);
      return { heard: heard.map(({ payload }) => payload), at: await now() };
    },
    attend: async (its) => {
      await Promise.all([signal(its, 'go', 1), signal(its, 'go', 2)]);
    },
  },
  patient: {
    program: async ({ command, sleep, agent }) => {
      const long = command.run('long', { timeoutMs: 600_000 }).catch((error: Error) => error.message);
      const called = agent.call('child', { ms: 1_000 }).catch((error: Error) => error.message);
      return { first: await Promise.race([called, sleep(30_000)]), ran: await long };
    },
  },
  timekeeper: {
    program: async ({ command, sleep, now }) => {
      const long = command.run('long', { timeoutMs: 3_600_000 }).then(
        () => 'command',
        () => 'failed',
      );
      const first = await Promise.race([long, sleep(3_000).then(() => 'time')]);
      return { first, at: await now() };
    },
  },
  leaver: {
    program: async ({ command, signal: signals }) => {
      const long = command.run('long', { timeoutMs: 600_000 }).then(
        () => 'done',
        () => 'failed',
      );
      return Promise.race([long, signals.wait('go').then(() => 'left')]);
    },
    attend: (its) => signal(its, 'go'),
  },
  parent: {
    program: async ({ agent, approval }) => {
      const [called, decided] = await Promise.all([
        agent.call('child', { ms: 3_000 }).catch((error: Error) => error.message),
        approval.request({ what: 'Call' }),
      ]);
      return { called, decided: decided.decision };
    },
    attend: decide,
  },
  hasty: {
    program: async ({ agent, sleep, signal: signals }) => {
      const called = agent.call('child', { ms: 60_000 }).then(
        () => 'child',
        () => 'failed',
      );
      const first = await Promise.race([called, sleep(3_000), signals.wait('go')]);
      return first === 'child' || first === 'failed' ? first : 'left';
    },
  },
  eager: {
    program: async ({ agent, signal: signals }) => {
      const called = agent.call('child', { ms: 500 }).then(
        ({ output }) => output,
        () => 'failed',
      );
      return { first: await Promise.race([called, signals.wait('never').then(() => 'signal')]) };
    },
  },
  child: {
    program: async ({ sleep, command, agent, file }, input: { ms?: number }) => {
      await file.write('input', JSON.stringify(input));
      await sleep(input.ms ?? 100);
      if (input.ms === 3_000) await command.run('of a child').catch(() => {});
      if (input.ms === 500) return (await agent.call('steps', null)).output;
      return { slept: input.ms ?? null };
    },
  },
};

export const programs: SimulatedPrograms = Object.fromEntries(
  Object.entries(shapes).map(([name, { program }]) => [name, program]),
);

/** What those outside do about a run of a shape. */
export const attentionTo = (shape: string): Attention => shapes[shape]?.attend ?? nobody;
