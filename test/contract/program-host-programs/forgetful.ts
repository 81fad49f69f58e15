import { file } from 'tandem';

/** Does not await what fails; unless it does so later. */
export default async function run({ later }: { later: boolean }) {
  const reading = file.read('missing');
  await file.read('present');
  if (later) return reading.catch(() => 'caught');
  return 'done';
}
