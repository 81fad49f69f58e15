import { file } from 'tandem';

interface Input {
  readonly how: 'throws' | 'uncaught' | 'at once' | 'value' | 'timer' | 'output';
}

async function deeper(): Promise<never> {
  await file.read('b');
  throw new RangeError('out of range');
}

/** Fails in every way. */
export default async function run({ how }: Input) {
  if (how === 'at once') throw new Error('no');
  if (how === 'throws') await deeper();
  // biome-ignore lint/style/useThrowOnlyError: that is what is tested
  if (how === 'value') throw { reason: 'no error' };
  if (how === 'output') return 1n;
  if (how === 'timer') {
    setTimeout(() => {
      throw new Error('late');
    }, 10);
    await file.read('c');
  }
  return file.read('missing');
}
