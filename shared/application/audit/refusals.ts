import type { AuditDraft, AuditPayloads } from '../../domain/audit/events.ts';
import { platformTenant } from '../../domain/audit/records.ts';
import { limits } from '../../domain/limits.ts';
import type { App } from '../app.ts';

/** A request that its credential did not allow. */
export interface RefusedAccess extends Omit<AuditPayloads['access.refused'], 'times'> {
  /** Of who asked, as far as that is known. */
  readonly tenant?: string;
  /** Id of the API key that was good once. */
  readonly key?: string;
}

/** Refusals of one log since the last time they were written. */
interface Gathered {
  readonly different: Map<string, { readonly refused: RefusedAccess; times: number }>;
  /** Those that there was no room to tell apart. */
  others: number;
}

/** How long refusals are gathered, in milliseconds. */
const gatherMs = 60_000;

/** Refusals that are told apart: in one log, and altogether. */
const most = { ofLog: 20, ofAll: 1_000 };

/**
 * Gathers who was refused, and writes it once a minute: those alike are one event, so that neither a flood of requests nor
 * its inventiveness makes the logs grow faster, or anybody wait. What a crash takes with it nobody was told of.
 */
export class Refusals {
  readonly #app: Pick<App, 'audit' | 'records' | 'clock' | 'background'>;
  #gathered = new Map<string, Gathered>();
  #different = 0;
  #callOff: (() => void) | undefined;

  constructor(app: Pick<App, 'audit' | 'records' | 'clock' | 'background'>) {
    this.#app = app;
  }

  /** Takes one down; never throws, and writes nothing. */
  note(refused: RefusedAccess): void {
    const { background, clock } = this.#app;
    this.#callOff ??= clock.at(clock.now() + gatherMs, () => void background.run(() => this.flush()));
    const gathered = this.#logOf(ownerOf(refused));
    const alike = alikeness(refused);
    const known = gathered.different.get(alike);
    if (known) known.times += 1;
    else if (gathered.different.size >= most.ofLog || this.#different >= most.ofAll) gathered.others += 1;
    else {
      gathered.different.set(alike, { refused, times: 1 });
      this.#different += 1;
    }
  }

  /** Writes what is gathered. */
  async flush(): Promise<void> {
    this.#callOff?.();
    this.#callOff = undefined;
    const gathered = this.#gathered;
    this.#gathered = new Map();
    this.#different = 0;
    const written = [...gathered].map(async ([owner, refusals]) =>
      this.#write(await this.#tenantOf(owner), refusals),
    );
    for (const one of await Promise.allSettled(written)) if (one.status === 'rejected') throw one.reason;
  }

  async #write(tenant: string, gathered: Gathered): Promise<void> {
    const drafts = draftsOf(gathered);
    for (let start = 0; start < drafts.length; start += limits.appendEvents) {
      await this.#app.audit.update(tenant, () => drafts.slice(start, start + limits.appendEvents));
    }
  }

  /** Beyond the bound of all, new ones share the platform's. */
  #logOf(owner: string): Gathered {
    const name = this.#gathered.has(owner) || this.#different < most.ofAll ? owner : platformTenant;
    const known = this.#gathered.get(name);
    if (known) return known;
    const fresh: Gathered = { different: new Map(), others: 0 };
    this.#gathered.set(name, fresh);
    return fresh;
  }

  async #tenantOf(owner: string): Promise<string> {
    const { records } = this.#app;
    if (owner.startsWith(keyOwner)) {
      return (await records.find('key', owner.slice(keyOwner.length)))?.tenant ?? platformTenant;
    }
    // Only a tenant that there is has a log.
    return (await records.find('tenant', owner)) ? owner : platformTenant;
  }
}

const keyOwner = 'key:';

/** Whose log it belongs into: a tenant, a key whose tenant is looked up when it is written, or the platform. */
function ownerOf({ code, tenant, key }: RefusedAccess): string {
  if (code === 'tenant.unknown') return platformTenant;
  if (tenant !== undefined) return tenant;
  return key === undefined ? platformTenant : keyOwner + key;
}

function alikeness({ code, message, route, subject, address }: RefusedAccess): string {
  return JSON.stringify([code, message, route, subject, address]);
}

function draftsOf({ different, others }: Gathered): AuditDraft[] {
  const drafts = [...different.values()].map(({ refused, times }) => draftOf(refused, times));
  if (others === 0) return drafts;
  const message = `More than ${most.ofLog} different refusals within a minute: these were only counted`;
  return [...drafts, draftOf({ code: 'various', message, route: 'various' }, others)];
}

function draftOf({ tenant: _, key, ...refused }: RefusedAccess, times: number): AuditDraft {
  const subject = refused.subject ?? (key === undefined ? undefined : `key:${key}`);
  const payload = { ...refused, ...(subject === undefined ? {} : { subject }), times };
  return { type: 'access.refused', by: 'system', payload };
}
