/** A child is gone, and with it the answers that were awaited from it. */
export class ChildLost extends Error {
  /** `unresponsive`: it was killed because it did not answer in time. `closed`: the host is closing. */
  readonly reason: 'unresponsive' | 'died' | 'closed';
  /** How many answers were awaited: with one, it is known which run was being executed. */
  readonly awaited: number;

  constructor(reason: ChildLost['reason'], message: string, awaited: number) {
    super(message);
    this.name = 'ChildLost';
    this.reason = reason;
    this.awaited = awaited;
  }
}
