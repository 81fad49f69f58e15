import { approval, type Decision, file } from 'tandem';

interface Input {
  readonly what?: string;
  readonly role?: 'user' | 'operator' | 'admin';
  readonly expiresInMs?: number;
}

/** Asks a person, and acts on a yes only. */
export default async function run({ what = 'Send the letter', ...more }: Input): Promise<Decision> {
  const decision = await approval.request({
    what,
    why: 'It is written',
    impact: 'It cannot be unsent',
    ...more,
  });
  if (decision.decision === 'approved') await file.write('letter.txt', what);
  return decision;
}
