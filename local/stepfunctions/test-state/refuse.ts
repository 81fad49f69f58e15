import { ServiceError } from '../service-error.ts';

/** What a caller of TestState is told when its request contradicts itself. */
export function refuse(message: string): never {
  throw new ServiceError('ValidationException', message);
}
