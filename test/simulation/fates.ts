import type { PortCall } from './intercept.ts';

/** What becomes of a call. */
export type Fate =
  | 'well'
  /** The process dies before the call has any effect. */
  | 'dies before'
  /** The process dies right after the effect. */
  | 'dies after'
  /** It is refused: an error, and no effect. */
  | 'refused'
  /** It has its effect, but its caller gets an error. */
  | 'lost'
  /** Its caller gets an error while it still goes on, and has its effect later. */
  | 'abandoned'
  /** It is delivered twice. */
  | 'twice';

/** Decides what becomes of each call. */
export type Fates = (call: PortCall) => Fate;

export const noFaults: Fates = () => 'well';

/** What a caller gets whose call was refused, or whose answer was lost. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly port: string;

  constructor({ port, method }: PortCall, fate: Fate) {
    super(`${port}.${method} ${fate}`);
    this.port = port;
  }
}
