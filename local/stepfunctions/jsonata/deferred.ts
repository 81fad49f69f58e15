/** Thrown where something has to be evaluated elsewhere before a transition can be made. */
export class Deferred extends Error {
  override readonly name = 'Deferred';
  /** Tells evaluations of one transition apart. */
  readonly key: string;
  readonly run: () => Promise<unknown>;

  constructor(key: string, run: () => Promise<unknown>) {
    super('An expression has to be evaluated elsewhere.');
    this.key = key;
    this.run = run;
  }
}
