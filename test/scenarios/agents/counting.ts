import { file } from 'tandem';

/** Writes files, one after the other; waits for nobody. */
export default async function run({ steps }: { steps: number }): Promise<number> {
  for (let step = 1; step <= steps; step += 1) await file.write(`step-${step}.txt`, String(step));
  return (await file.list()).length;
}
