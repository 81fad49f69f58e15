import { file, OperationError } from 'tandem';

export default async function run() {
  try {
    await file.read('missing');
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    const { code, details, operation, kind, message } = error;
    return { code, details, operation, kind, message };
  }
  return null;
}
