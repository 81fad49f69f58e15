/**
 * Told, after each append, that a run's log has grown, so that whoever is subscribed to it hears of it. A hint: what is
 * lost here is found by its sequence number.
 */
export interface News {
  /** Never throws; where it returns a promise, the writer waits for it before its answer. */
  appended(tenant: string, run: string, seq: number): Promise<void> | undefined;
}
