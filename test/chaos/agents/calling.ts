import { agent, file } from 'tandem';
import { insisted } from './witnessed.ts';

interface Input {
  readonly witness: string;
  /** Levels of children below. */
  readonly levels: number;
  /** Children of each. */
  readonly width: number;
  readonly value: number;
  /** How long the commands at the lowest level take. */
  readonly seconds: number;
}

/** Adds up what its children bring; one without children runs a command. */
export default async function run({ witness, levels, width, value, seconds }: Input): Promise<number> {
  if (levels === 0) {
    await insisted({ witness, label: 'leaf', seconds });
    return value;
  }
  await file.write('level.txt', String(levels));
  const calls = Array.from({ length: width }, (_, index) =>
    agent.call<number>('calling', { witness, levels: levels - 1, width, value: value * 10 + index, seconds }),
  );
  const answers = await Promise.all(calls);
  return answers.reduce((sum, { output }) => sum + output, 0);
}
