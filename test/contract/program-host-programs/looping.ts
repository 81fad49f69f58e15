import { log } from 'tandem';

/** Never comes to rest, when told so. */
export default async function run({ how }: { how: 'loop' | 'microtasks' | 'not' }) {
  await log('ready');
  while (how === 'loop');
  while (how === 'microtasks') await undefined;
  return 'done';
}
