import { Dice } from './dice.ts';
import { versions } from './publish.ts';
import { type Plan, type ShapeName, shapes } from './shapes.ts';

/** One run to be started. */
export interface PlannedRun {
  /** Names the run before it has an id; its `Idempotency-Key`. */
  readonly key: string;
  readonly shape: ShapeName;
  readonly plan: Plan;
  readonly version: string;
  /** Whether two clients send the same request at once. */
  readonly twice: boolean;
  /** Milliseconds after its life has begun. */
  readonly delayMs: number;
}

/** Starts are spread over so many milliseconds of a life. */
const spreadMs = 2_500;

/** The runs to start in each life of the server: every shape as often as every other, in an order that the seed decides. */
export function planRuns(options: {
  readonly runs: number;
  readonly lives: number;
  readonly seed: number;
  readonly witness: string;
}): PlannedRun[][] {
  const { runs, lives, seed, witness } = options;
  const names = Object.keys(shapes) as ShapeName[];
  const order = new Dice(seed, 'shapes').shuffle(
    Array.from({ length: runs }, (_, index) => names[index % names.length] as ShapeName),
  );
  const planned = order.map((shape, index): PlannedRun => {
    const dice = new Dice(seed, 'run', index);
    return {
      key: `${seed}-${index}`,
      shape,
      plan: shapes[shape](dice, witness),
      version: dice.pick(Object.keys(versions)),
      twice: dice.between(1, 4) === 1,
      delayMs: dice.between(0, spreadMs),
    };
  });
  return Array.from({ length: lives }, (_, life) =>
    planned.slice(Math.floor((runs * life) / lives), Math.floor((runs * (life + 1)) / lives)),
  );
}
