/** What the service says of itself. */
export interface Service {
  /** Of Tandem. */
  readonly version: string;
  /** Throws while requests would fail. */
  check(): Promise<void>;
}
