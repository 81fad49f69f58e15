/** Ids and randomness as a port. Ids sort by time. */
export interface Ids {
  /** A new id: prefix, `_`, and a ULID in lower case (26 characters). */
  next(prefix: 'run' | 'evt' | 'req' | 'tok' | 'whk'): string;
  /** A bare ULID in lower case, for a program's `id` operation. */
  ulid(): string;
  /** Random bytes as lower-case hexadecimal, two characters a byte. */
  hex(bytes: number): string;
  /** In [0, 1). */
  random(): number;
}
