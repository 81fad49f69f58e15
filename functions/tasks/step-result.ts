import { isTandemError } from '../../shared/errors/tandem-error.ts';

/** What a step answers; throws what may pass by itself under the name by which the run machine tries again. */
export async function resultOf(step: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await step()) ?? {};
  } catch (error) {
    throw mayPass(error) ? new UnavailableError(error) : error;
  }
}

/** What a program does wrong is recorded, not thrown: a step fails when something around it does, and that may pass. */
function mayPass(error: unknown): boolean {
  return !isTandemError(error) || error.retryable;
}

/** A full disk, a throttled service. */
class UnavailableError extends Error {
  override readonly name = 'Tandem.Unavailable';

  constructor(cause: unknown) {
    super(isTandemError(cause) ? `${cause.code}: ${cause.message}` : String(cause), { cause });
  }
}
