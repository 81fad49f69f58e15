import { file, OperationError } from 'tandem';

/** Ends in an error: one of its own, or the one of an operation. */
export default async function run({ how }: { how: 'throws' | 'reads' | 'catches' }) {
  if (how === 'throws') return dig(3);
  try {
    return await file.read('nowhere.txt');
  } catch (error) {
    if (how === 'reads' || !(error instanceof OperationError)) throw error;
    return { code: error.code, operation: error.operation };
  }
}

function dig(depth: number): never {
  if (depth > 0) return dig(depth - 1);
  throw new RangeError('Too deep');
}
