import { TandemError } from '../../shared/errors/tandem-error.ts';

/** What was asked of a deployment does not fit: one sentence that says what to run instead. */
export const deploymentInvalid = (message: string) => new TandemError('deployment.invalid', { message });
