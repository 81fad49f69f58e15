import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { PostgresAgents } from '../../../shared/postgres/agents.ts';
import { PostgresAuditLog } from '../../../shared/postgres/audit-log.ts';
import { PostgresDisposal } from '../../../shared/postgres/disposal.ts';
import { PostgresEventLog } from '../../../shared/postgres/event-log.ts';
import { PostgresOutbox } from '../../../shared/postgres/outbox.ts';
import { PostgresProjections } from '../../../shared/postgres/projections.ts';
import { PostgresRecords } from '../../../shared/postgres/records.ts';
import { openPostgresStore, type PostgresStoreOptions } from '../../../shared/postgres/store.ts';
import { PostgresWaitTokens } from '../../../shared/postgres/wait-tokens.ts';

/** A schema of a test's own: the tests of one run share a server and nothing else. */
export const freshSchema = (): string => `test_${randomUUID().replaceAll('-', '')}`;

/** All stores on one database, closed after the test. */
export function openPostgresStores(context: TestContext, options: Omit<PostgresStoreOptions, 'auth'>) {
  const store = openPostgresStore({ auth: 'password', ...options });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= store.close());
  context.after(close);
  return {
    store,
    log: new PostgresEventLog(store),
    projections: new PostgresProjections(store),
    agents: new PostgresAgents(store),
    auditLog: new PostgresAuditLog(store),
    records: new PostgresRecords(store),
    outbox: new PostgresOutbox(store),
    tokens: new PostgresWaitTokens(store),
    disposal: new PostgresDisposal(store),
    close,
  };
}
