/** What the evaluations of one transition may cost: a definition may have thousands of them, and others wait. */
export class Effort {
  /** Steps of JSONata (some ten nanoseconds each) before what is left is evaluated on another thread. */
  steps = 1_000_000;
  /** Nodes that paths may look at. */
  visits = 2_000_000;

  /** Whether others should have their turn first. */
  get isLarge(): boolean {
    return this.steps < 500_000 || this.visits < 1_900_000;
  }
}
