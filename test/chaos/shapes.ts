import { sha256 } from '../../shared/domain/canonical.ts';
import type { Json, JsonObject } from '../../shared/domain/json.ts';
import type { Dice } from './dice.ts';
import type { Expected } from './evidence.ts';
import type { Person } from './person.ts';
import { workspacePlan } from './workspace-plan.ts';

/** Every program of the chaos run, by the name of its file and of its agent. */
export const agents = [
  'walking',
  'asking',
  'strolling',
  'sleeping',
  'working',
  'juggling',
  'listening',
  'calling',
  'stumbling',
] as const;

/** What one run is given, how it must end, and what a person does meanwhile. */
export interface Plan {
  readonly agent: (typeof agents)[number];
  readonly input: JsonObject;
  readonly expected: Expected;
  readonly person?: (person: Person) => Promise<void>;
}

/** A kind of run; `witness` is the path of the witness file. */
export type Shape = (dice: Dice, witness: string) => Plan;

const succeeds = (output: Json): Expected => ({ status: 'succeeded', output });

/** How a question is answered, and what the program hears of it. */
const answers = { approve: 'approved', deny: 'denied', nobody: 'expired' } as const;

const asking = (answer: keyof typeof answers): Shape => {
  return (dice) => {
    const steps = dice.between(20, 60);
    const salt = dice.word();
    const expiresInMs = answer === 'nobody' ? dice.between(1_000, 3_000) : 600_000;
    const thinkMs = dice.between(0, 2_000);
    const files = answer === 'approve' ? filesOf(steps, salt) : [];
    return {
      agent: 'asking',
      input: { steps, salt, expiresInMs },
      expected: succeeds({ decision: answers[answer], files }),
      ...(answer === 'nobody' ? {} : { person: (person) => person.decide(answer, thinkMs) }),
    };
  };
};

const working =
  (insists: boolean): Shape =>
  (dice, witness) => {
    const seconds = [dice.between(2, 5), dice.between(1, 3) / 10];
    return {
      agent: 'working',
      input: { witness, seconds, insists },
      expected: insists ? succeeds(seconds.length) : { status: 'succeeded' },
    };
  };

/** Every shape, by name. */
export const shapes = {
  steps: (dice) => {
    const steps = dice.between(50, 200);
    const salt = dice.word();
    const padding = 0;
    return { agent: 'walking', input: { steps, salt, padding }, expected: succeeds(filesOf(steps, salt)) };
  },
  'large files': (dice) => {
    const steps = dice.between(5, 15);
    const salt = dice.word();
    // Larger than what an event holds itself.
    const padding = 200_000;
    const expected = succeeds(filesOf(steps, salt, padding));
    return { agent: 'walking', input: { steps, salt, padding }, expected };
  },
  failing: (dice) => ({
    agent: 'stumbling',
    input: { steps: dice.between(5, 30), salt: dice.word() },
    expected: { status: 'failed' },
  }),
  approved: asking('approve'),
  denied: asking('deny'),
  expired: asking('nobody'),
  paused: (dice) => {
    const rounds = dice.between(5, 12);
    const pauses = Array.from({ length: dice.between(1, 2) }, () => ({
      beforeMs: dice.between(0, 1_200),
      forMs: dice.between(100, 1_500),
    }));
    return {
      agent: 'strolling',
      input: { rounds, pauseMs: dice.between(150, 400) },
      expected: succeeds(rounds),
      person: (person) => person.pause(pauses),
    };
  },
  sleeping: (dice) => {
    const naps = [dice.between(1_000, 5_000), dice.between(1, 500)];
    return { agent: 'sleeping', input: { naps }, expected: succeeds(naps.length) };
  },
  commands: working(true),
  'commands given up': working(false),
  together: (dice, witness) => ({
    agent: 'juggling',
    input: { witness, salt: dice.word() },
    expected: succeeds(['left.txt', 'long', 'middle', 'right.txt', 'short']),
  }),
  signals: (dice) => {
    const messages = Array.from({ length: dice.between(2, 5) }, () => dice.word());
    const everyMs = dice.between(0, 800);
    return {
      agent: 'listening',
      input: { messages: messages.length },
      expected: succeeds(messages),
      person: (person) => person.say(messages, everyMs),
    };
  },
  children: (dice, witness) => {
    const value = dice.between(1, 9);
    const leaves = [0, 1, 10, 11].map((path) => value * 100 + path);
    return {
      agent: 'calling',
      input: { witness, levels: 2, width: 2, value, seconds: 0.2 },
      expected: succeeds(leaves.reduce((sum, leaf) => sum + leaf, 0)),
    };
  },
  'family cancelled': (dice, witness) => {
    const afterMs = dice.between(0, 3_000);
    return {
      agent: 'calling',
      input: { witness, levels: 2, width: 1, value: 1, seconds: 45 },
      expected: { status: 'cancelled' },
      person: (person) => person.cancel(afterMs),
    };
  },
  cancelled: (dice, witness) => {
    const afterMs = dice.between(0, 3_000);
    return {
      agent: 'working',
      input: { witness, seconds: [45], insists: true },
      expected: { status: 'cancelled' },
      person: (person) => person.cancel(afterMs),
    };
  },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

/** What `walk` returns. */
function filesOf(steps: number, salt: string, padding = 0): string[] {
  const files = [...workspacePlan(steps, salt, padding).files];
  return files.map(([path, content]) => `${path} ${sha256(content)}`).sort();
}
