import { chainStart, payloadDigest } from '../chain.ts';
import { auditHash } from './chain.ts';
import type { AuditEvent, AuditHead } from './events.ts';

/** Something that is wrong with an audit log. */
export interface AuditFinding {
  readonly seq: number;
  readonly kind: 'altered' | 'missing' | 'foreign' | 'cut';
  readonly message: string;
}

/** Checks the link of one event after another; `end` says whether the log ends where its head says. */
export class AuditVerifier {
  readonly #tenant: string;
  #seq = 0;
  #hash = chainStart;
  #finding: AuditFinding | undefined;

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  /** Events that were sound. */
  get events(): number {
    return this.#seq;
  }

  /** The first thing that is wrong: what follows a broken link proves nothing. */
  next(event: AuditEvent): AuditFinding | undefined {
    this.#finding ??= this.#check(event);
    if (this.#finding) return this.#finding;
    this.#seq = event.seq;
    this.#hash = auditHash(event);
    return undefined;
  }

  end(head: AuditHead | undefined): AuditFinding | undefined {
    if (this.#finding) return this.#finding;
    const seq = head?.seq ?? 0;
    if (seq > this.#seq)
      return this.#found('cut', this.#seq, `The log ends at event ${this.#seq}, its head says ${seq}`);
    if (seq === this.#seq && (seq === 0 || head?.hash === this.#hash)) return undefined;
    return this.#found('altered', this.#seq, `Event ${this.#seq} is not the one the head names`);
  }

  #check(event: AuditEvent): AuditFinding | undefined {
    const { seq, tenant } = event;
    if (tenant !== this.#tenant) return this.#found('foreign', seq, `Event ${seq} belongs to ${tenant}`);
    const expected = this.#seq + 1;
    if (seq !== expected)
      return this.#found('missing', expected, `Event ${expected} is missing: ${seq} follows ${expected - 1}`);
    if (event.prev !== this.#hash)
      return this.#found('altered', seq, `Event ${seq} does not link to event ${seq - 1} as it stands`);
    if (payloadDigest(event.salt, event.payload) === event.digest) return undefined;
    return this.#found('altered', seq, `The payload of event ${seq} does not match its digest`);
  }

  #found(kind: AuditFinding['kind'], seq: number, message: string): AuditFinding {
    return { seq, kind, message };
  }
}
