import { file, sleep } from 'tandem';
import { expectContent } from './walk.ts';
import { insisted } from './witnessed.ts';

/** Commands, files and sleeps all at once, in one workspace. */
export default async function run({ witness, salt }: { witness: string; salt: string }): Promise<string[]> {
  const command = async (label: string, seconds: number): Promise<void> => {
    const attempts = await insisted({ witness, label, seconds });
    await expectContent(label, `${label}.${attempts}`);
  };
  await Promise.all([
    command('short', 0.1),
    file.write('left.txt', `${salt} left`),
    command('long', 1.5),
    sleep(700),
    command('middle', 0.5),
    sleep(100).then(() => file.write('right.txt', `${salt} right`)),
  ]);
  await expectContent('left.txt', `${salt} left`);
  await expectContent('right.txt', `${salt} right`);
  return (await file.list()).map(({ path }) => path);
}
