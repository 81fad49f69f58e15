/** Why an evaluation was stopped before it came to a result of its own. */
export type StopReason =
  /** More steps than were granted. */
  | 'steps'
  /** A regular expression where none may run. */
  | 'pattern'
  /** A value beyond what the service lets an expression hold. */
  | 'memory'
  /** Nested beyond what the service evaluates. */
  | 'depth';

/** Thrown through the library, which notes positions on what passes. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(reason);
    this.reason = reason;
  }
}
