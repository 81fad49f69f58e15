import { join } from 'node:path';
import type { Route } from '../../functions/http/route.ts';
import { openDataFolder } from '../../local/data-folder/data-folder.ts';
import { openKeys } from '../../local/data-folder/keys.ts';
import { platformTenant, type Role } from '../../shared/domain/audit/records.ts';
import { HmacTickets } from '../../shared/system/hmac-tickets.ts';
import { SystemClock } from '../../shared/system/system-clock.ts';
import type { Caller } from '../scenarios/deployment.ts';
import { tokensOf } from '../scenarios/embedded.ts';
import { ServerProcess } from '../support/server-process.ts';

const tenant = 'local';
const hour = 3_600_000;

/** The server that is fuzzed, and credentials for it. */
export interface FuzzedServer extends AsyncDisposable {
  readonly url: string;
  /** What it writes, one line a request that went wrong. */
  readonly log: string;
  connection(role: Role): { readonly url: string; readonly token: string };
  /**
   * The value of `Authorization` for a route: a role that may do everything there, since agents that the fuzz publishes
   * and approvals can ask for more than the route does; or a ticket for a run.
   */
  credential(route: Route, run: string): Promise<string | undefined>;
  stop(): Promise<number | null>;
}

/** Starts a server on a free port and a new data folder. */
export async function fuzzedServer(): Promise<FuzzedServer> {
  const server = await ServerProcess.inNewFolder();
  await server.start();
  const tokens = await tokensOf(server);
  const callers = new Map<Role, Caller>();
  const callerOf = (role: Role): Caller => {
    const of = role === 'platform' ? platformTenant : tenant;
    const caller = callers.get(role) ?? { tenant: of, subject: `fuzz-${role}`, roles: [role] };
    callers.set(role, caller);
    return caller;
  };
  const { tickets: key } = await openKeys(await openDataFolder(server.data));
  const tickets = new HmacTickets({ key, clock: new SystemClock() });
  return {
    url: server.url,
    log: join(server.data, 'server.log'),
    connection: (role) => ({ url: server.url, token: tokens(callerOf(role)) }),
    async credential({ credential, role }, run) {
      const enough = role === 'platform' ? 'platform' : 'admin';
      if (credential === 'token') return `Bearer ${tokens(callerOf(enough))}`;
      if (credential !== 'ticket') return undefined;
      const claim = { tenant, run, operation: 1, generation: 1, expiresAt: Date.now() + hour };
      return `Ticket ${await tickets.issue(claim)}`;
    },
    stop: () => server.stop(),
    [Symbol.asyncDispose]: () => server.remove(),
  };
}

/** Resumes the tenant whenever the fuzz has suspended it: everything would be refused from then on. Ends by the signal. */
export async function keepServed(server: FuzzedServer, signal: AbortSignal): Promise<void> {
  const { url, token } = server.connection('platform');
  const headers = { authorization: `Bearer ${token}` };
  while (!signal.aborted) {
    await fetch(`${url}/v1/tenants/${tenant}/resume`, { method: 'POST', headers }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
