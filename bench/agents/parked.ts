import { approval, file } from 'tandem';

/** Waits for a person, then goes on. */
export default async function run(): Promise<string> {
  const { decision } = await approval.request({ what: 'Go on' });
  await file.list();
  return decision;
}
