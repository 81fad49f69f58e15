import { isTandemError } from '../errors/tandem-error.ts';
import { chainStart, eventHash, payloadDigest } from './chain.ts';
import type { Digest } from './content.ts';
import { type ErasureNote, remainsDigest } from './erasure.ts';
import type { Head, RunEvent } from './events.ts';
import { readEvent } from './read-event.ts';
import type { RunState } from './state.ts';

/** Something that is wrong with a log. */
export interface Finding {
  readonly seq: number;
  /** `file` and `blob` are of export files only, and have no event: `seq` is 0. */
  readonly kind: 'altered' | 'missing' | 'foreign' | 'cut' | 'signature' | 'illegal' | 'file' | 'blob';
  readonly message: string;
}

/** Whose log it is, and how signatures are checked. */
export interface VerifiedLog {
  readonly tenant: string;
  readonly run: string;
  /**
   * Digests of what is left of erased payloads, by sequence number, as somebody else keeps them; without it, that an event
   * says so is enough.
   */
  readonly erasures?: ReadonlyMap<number, Digest>;
  readonly verifySignature: (message: string, signature: NonNullable<Head['signature']>) => boolean;
}

export interface VerifyInput extends VerifiedLog {
  readonly events: Iterable<RunEvent>;
  /** Kept apart from the events: tells a cut tail. */
  readonly head: Head | undefined;
}

/** An event whose payload nobody can check any more. */
export interface ErasedEvent extends ErasureNote {
  readonly seq: number;
}

export interface Verdict {
  readonly erased: readonly ErasedEvent[];
  /** Events read. */
  readonly events: number;
  readonly findings: readonly Finding[];
  /** The state as far as the log is sound. */
  readonly state?: RunState;
}

/** What a head's signature covers. */
export function headMessage(tenant: string, head: Head): string {
  return `tandem-head-1:${tenant}:${head.run}:${head.seq}:${head.hash}`;
}

/**
 * Checks a whole log: every payload against its digest, every link of the chain, that no event is missing or another
 * run's, that the head and its signature agree, and that the events fold to a legal state. Stops at the first finding
 * within the chain: what follows a broken link proves nothing.
 */
export function verify({ events, head, ...which }: VerifyInput): Verdict {
  const verifier = new LogVerifier(which);
  for (const event of events) if (verifier.next(event)) break;
  return verifier.end(head);
}

/** As {@link verify}, an event at a time: logs may be longer than memory. */
export class LogVerifier {
  readonly #which: VerifiedLog;
  #state: RunState | undefined;
  #hash = chainStart;
  #seq = 0;
  #finding: Finding | undefined;
  readonly #erased: ErasedEvent[] = [];

  constructor(which: VerifiedLog) {
    this.#which = which;
  }

  /** The first thing that is wrong; what comes after it is not looked at. */
  next(event: RunEvent): Finding | undefined {
    this.#finding ??= this.#check(event);
    return this.#finding;
  }

  /** What is known at the end of the log. */
  end(head: Head | undefined): Verdict {
    const findings = this.#finding ? [this.#finding] : this.#checkHead(head);
    return {
      events: this.#seq,
      findings,
      erased: this.#erased,
      ...(this.#state ? { state: this.#state } : {}),
    };
  }

  #check(event: RunEvent): Finding | undefined {
    const finding = checkLink(this.#which, event, this.#seq, this.#hash) ?? checkPayload(this.#which, event);
    if (finding) return finding;
    try {
      this.#state = readEvent(this.#state, event).state;
    } catch (error) {
      if (!isTandemError(error)) throw error;
      return { seq: event.seq, kind: 'illegal', message: error.message };
    }
    this.#hash = eventHash(event);
    this.#seq = event.seq;
    if (event.erased) this.#erased.push({ seq: event.seq, ...event.erased });
    return undefined;
  }

  #checkHead(head: Head | undefined): Finding[] {
    return checkHead(this.#which, head, { seq: this.#seq, hash: this.#hash, state: this.#state });
  }
}

function checkLink(input: VerifiedLog, event: RunEvent, seq: number, hash: string): Finding | undefined {
  if (event.run !== input.run || event.tenant !== input.tenant) {
    return {
      seq: event.seq,
      kind: 'foreign',
      message: `Event ${event.seq} belongs to ${event.tenant}/${event.run}`,
    };
  }
  if (event.seq !== seq + 1) {
    return {
      seq: seq + 1,
      kind: 'missing',
      message: `Event ${seq + 1} is missing: ${event.seq} follows ${seq}`,
    };
  }
  if (event.prev === hash) return undefined;
  return {
    seq: event.seq,
    kind: 'altered',
    message: `Event ${event.seq} does not link to event ${seq} as it stands`,
  };
}

function checkPayload({ erasures }: VerifiedLog, event: RunEvent): Finding | undefined {
  if (event.erased) {
    if (!erasures || erasures.get(event.seq) === remainsDigest(event)) return undefined;
    return {
      seq: event.seq,
      kind: 'altered',
      message: `Event ${event.seq} says that it was erased, and the audit log says otherwise`,
    };
  }
  if (digestOf(event) === event.digest) return undefined;
  return {
    seq: event.seq,
    kind: 'altered',
    message: `The payload of event ${event.seq} does not match its digest`,
  };
}

/** `undefined` for a payload that nobody can have written: missing, or text that is none. */
function digestOf({ salt, payload }: RunEvent): string | undefined {
  try {
    return payloadDigest(salt, payload);
  } catch (error) {
    if (!isTandemError(error)) throw error;
    return undefined;
  }
}

interface End {
  readonly seq: number;
  readonly hash: string;
  readonly state: RunState | undefined;
}

function checkHead(log: VerifiedLog, head: Head | undefined, { seq, hash, state }: End): Finding[] {
  if (!head) return [{ seq, kind: 'cut', message: 'The head of the log is missing' }];
  if (head.seq > seq)
    return [{ seq, kind: 'cut', message: `The log ends at event ${seq}, its head says ${head.seq}` }];
  if (head.seq !== seq || head.hash !== hash) {
    return [{ seq, kind: 'altered', message: `Event ${seq} is not the one the head names` }];
  }
  if (!state?.end) return [];
  if (!head.signature)
    return [{ seq, kind: 'signature', message: 'The run has ended and its head is not signed' }];
  if (log.verifySignature(headMessage(log.tenant, head), head.signature)) return [];
  return [{ seq, kind: 'signature', message: 'The signature of the head does not match' }];
}
