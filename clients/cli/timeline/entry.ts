/** A file that an operation changed: made, changed (or deleted by a command), deleted. */
export interface Change {
  readonly sign: '+' | '~' | '-';
  readonly path: string;
}

/** How an entry turned out. */
export type Mood = 'done' | 'failed' | 'waiting' | 'note';

/** One line of a timeline. Texts are clean: safe to show. */
export interface Entry {
  /** Milliseconds since the run was created. */
  readonly at: number;
  /** Number of the operation. */
  readonly operation?: number;
  /** Kind of the operation, or what happened to the run. */
  readonly kind: string;
  /** The particulars: a path, a command, a message. */
  readonly what: string;
  /** Who let it happen: `allowed`, `approved by cli` … */
  readonly verdict?: string;
  readonly mood: Mood;
  /** Milliseconds from request or claim to outcome; absent where nothing took time. */
  readonly tookMs?: number;
  readonly changes?: readonly Change[];
  /** To be read in full, below the entry. */
  readonly details?: readonly Detail[];
}

/** An entry whose time is not known yet. */
export type Line = Omit<Entry, 'at'>;

/** A text of any length, with or without a name. */
export interface Detail {
  readonly label?: string;
  readonly text: string;
}

/** An operation that somebody else has to settle. */
export interface Waiting {
  readonly operation: number;
  readonly kind: string;
  readonly what: string;
  /** ISO time since when. */
  readonly since: string;
}

/** An approval that nobody has decided yet. */
export interface OpenApproval {
  readonly approval: string;
  readonly operation: number;
  readonly what: string;
}
