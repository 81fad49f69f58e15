import type { Principal } from '../../ports/identity.ts';
import type { ErasedPayload, ErasureRequest } from '../disposal/erase-payload.ts';
import type { RetentionView } from '../disposal/retention.ts';

export interface DisposalUseCases {
  /** Erases what one event of an ended run said. Throws `run.not-ended`. */
  erasePayload(caller: Principal, request: ErasureRequest): Promise<ErasedPayload>;
  getRetention(caller: Principal): Promise<RetentionView>;
  /** `null`: for ever. */
  setRetention(caller: Principal, days: number | null): Promise<RetentionView>;
}
