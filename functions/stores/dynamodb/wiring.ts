import { DynamoAgents } from '../../../shared/aws/dynamodb/agents.ts';
import { DynamoAuditLog } from '../../../shared/aws/dynamodb/audit-log.ts';
import { DynamoConnections } from '../../../shared/aws/dynamodb/connections.ts';
import { DynamoDisposal } from '../../../shared/aws/dynamodb/disposal.ts';
import { DynamoEventLog } from '../../../shared/aws/dynamodb/event-log.ts';
import { DynamoOutbox } from '../../../shared/aws/dynamodb/outbox.ts';
import { DynamoProjections } from '../../../shared/aws/dynamodb/projections.ts';
import { DynamoRecords } from '../../../shared/aws/dynamodb/records.ts';
import { openDynamoStore } from '../../../shared/aws/dynamodb/store.ts';
import { DynamoWaitTokens } from '../../../shared/aws/dynamodb/wait-tokens.ts';
import { dynamoDbClient } from '../../../shared/aws/sdk/dynamodb.ts';
import type { StorePorts } from '../store-ports.ts';

/** Logs and records in tables whose names begin with `table`. */
export function dynamoPorts(table: string): StorePorts {
  const store = openDynamoStore({ client: dynamoDbClient(), table });
  return {
    log: new DynamoEventLog(store),
    projections: new DynamoProjections(store),
    agents: new DynamoAgents(store),
    auditLog: new DynamoAuditLog(store),
    records: new DynamoRecords(store),
    disposal: new DynamoDisposal(store),
    tokens: new DynamoWaitTokens(store),
    outbox: new DynamoOutbox(store),
    connections: new DynamoConnections(store),
  };
}
