/** Limits of the wire (rule 18); sizes in bytes. A test holds them against the limits of the core. */
export const wireLimits = {
  /** A request or response body. */
  bodyBytes: 5 * 1024 * 1024,
  /** Bytes that go up by a signed address. */
  uploadBytes: 100 * 1024 * 1024,
  /** Text of a one-file program. */
  bundleBytes: 4 * 1024 * 1024,
  /** The longest `wait=`, in seconds. */
  waitSeconds: 20,
  /** Items of one page of a list. */
  pageItems: 200,
  /** Events of one page. */
  pageEvents: 1_000,
  /** Nesting of arrays and objects in a request body. */
  jsonDepth: 64,
  pathCharacters: 255,
  reasonCharacters: 2_000,
} as const;
