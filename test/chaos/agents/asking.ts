import { approval, file } from 'tandem';
import { walk } from './walk.ts';

interface Input {
  readonly steps: number;
  readonly salt: string;
  readonly expiresInMs: number;
}

/** Asks a person, and goes on only if it may. */
export default async function run({ steps, salt, expiresInMs }: Input) {
  await file.write('question.txt', salt);
  const { decision } = await approval.request({ what: `Go on with ${salt}`, expiresInMs });
  await file.delete('question.txt');
  return { decision, files: decision === 'approved' ? await walk(steps, salt) : [] };
}
