import { walk } from './walk.ts';

interface Input {
  readonly steps: number;
  readonly salt: string;
  /** Characters to add to every file. */
  readonly padding: number;
}

/** Many small steps, or some with large files. */
export default function run({ steps, salt, padding }: Input): Promise<string[]> {
  return walk(steps, salt, padding);
}
