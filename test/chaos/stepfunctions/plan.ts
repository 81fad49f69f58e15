import {
  type Blueprint,
  blueprint,
  type Line,
  type Step,
} from '../../../local/stepfunctions/testing/blueprint.ts';
import { Dice } from '../dice.ts';

/** One execution to be started, of a state machine of its own. */
export interface PlannedExecution extends Blueprint {
  /** Names machine and execution. */
  readonly name: string;
  readonly input: number;
  /** Milliseconds after its life of the server has begun. */
  readonly delayMs: number;
}

const spreadMs = 1_500;
/** How deep lines lie within lines. */
const depth = 2;

/** The executions to start in each life of the server. The seed decides everything. */
export function planExecutions(options: {
  readonly executions: number;
  readonly lives: number;
  readonly seed: number;
  /** ARN of the activity that workers work for. */
  readonly activity: string;
}): PlannedExecution[][] {
  const { executions, lives, seed, activity } = options;
  const planned = Array.from({ length: executions }, (_, index): PlannedExecution => {
    const dice = new Dice(seed, 'execution', index);
    const steps = rollLine(dice, depth);
    return {
      ...blueprint(steps, { activity }),
      name: `e${index}-${seed}`,
      input: dice.between(0, 9),
      delayMs: dice.between(0, spreadMs),
    };
  });
  return Array.from({ length: lives }, (_, life) =>
    planned.slice(Math.floor((executions * life) / lives), Math.floor((executions * (life + 1)) / lives)),
  );
}

const simple: readonly Step['do'][] = [
  'add',
  'remember',
  'recall',
  'wait',
  'call',
  'call',
  'ask',
  'ask',
  'work',
];
const nesting: readonly Step['do'][] = ['choose', 'both', 'each'];

function rollLine(dice: Dice, left: number): Line {
  const length = left === depth ? dice.between(3, 5) : dice.between(1, 2);
  return Array.from({ length }, () => rollStep(dice, left));
}

function rollStep(dice: Dice, left: number): Step {
  const kind = dice.pick(left > 0 ? [...simple, ...nesting] : simple);
  switch (kind) {
    case 'add':
      return { do: kind, by: dice.between(0, 9) };
    case 'wait':
      return { do: kind, seconds: dice.between(0, 2) };
    case 'call':
      return { do: kind, failures: dice.between(0, 1) };
    case 'choose':
      return { do: kind, even: rollLine(dice, left - 1), odd: rollLine(dice, left - 1) };
    case 'both':
      return { do: kind, branches: [rollLine(dice, left - 1), rollLine(dice, left - 1)] };
    // A map within a map would hide which item a call is made for.
    case 'each':
      return { do: kind, times: dice.between(1, 3), steps: rollLine(dice, 0) };
    default:
      return { do: kind };
  }
}
