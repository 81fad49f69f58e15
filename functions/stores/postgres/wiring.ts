import { PostgresAgents } from '../../../shared/postgres/agents.ts';
import { PostgresAuditLog } from '../../../shared/postgres/audit-log.ts';
import { PostgresDisposal } from '../../../shared/postgres/disposal.ts';
import { PostgresEventLog } from '../../../shared/postgres/event-log.ts';
import { PostgresConnections } from '../../../shared/postgres/live-connections.ts';
import { PostgresOutbox } from '../../../shared/postgres/outbox.ts';
import { PostgresProjections } from '../../../shared/postgres/projections.ts';
import { PostgresRecords } from '../../../shared/postgres/records.ts';
import { openPostgresStore } from '../../../shared/postgres/store.ts';
import { PostgresWaitTokens } from '../../../shared/postgres/wait-tokens.ts';
import type { StorePorts } from '../store-ports.ts';

/** Logs and records in a database; it is connected to when it is first asked. */
export function postgresPorts(address: string, auth: 'iam' | 'password'): StorePorts {
  const store = openPostgresStore({ address, auth });
  return {
    log: new PostgresEventLog(store),
    projections: new PostgresProjections(store),
    agents: new PostgresAgents(store),
    auditLog: new PostgresAuditLog(store),
    records: new PostgresRecords(store),
    disposal: new PostgresDisposal(store),
    tokens: new PostgresWaitTokens(store),
    outbox: new PostgresOutbox(store),
    connections: new PostgresConnections(store, { now: Date.now }),
  };
}
