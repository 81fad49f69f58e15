import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Issue } from '../../shared/protocol/envelope.ts';

/** Most faults that are named at once. */
const most = 100;

/** `request.invalid` with every fault: where it is and what was expected there. */
export function invalidRequest(issues: readonly Issue[]): TandemError {
  const [first] = issues;
  const others = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new TandemError('request.invalid', {
    message: first ? `${first.path}: expected ${first.expected}${others}` : 'The request is not valid',
    details: { issues: issues.slice(0, most) },
  });
}
