import { after, type TestContext, test } from 'node:test';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { PostgresConnections } from '../../shared/postgres/live-connections.ts';
import { startCluster } from '../support/postgres/cluster.ts';
import { findPostgres, missingPostgres } from '../support/postgres/find.ts';
import { freshSchema, openPostgresStores } from '../support/postgres/stores.ts';
import { reportAdapter } from './adapters-report.ts';
import { describeAgents } from './agents.contract.ts';
import { describeAuditLog } from './audit-log.contract.ts';
import { describeConnections } from './connections.contract.ts';
import { describeDisposal } from './disposal.contract.ts';
import { describeEventLog } from './event-log.contract.ts';
import { describeOutbox } from './outbox.contract.ts';
import { describeCertificate } from './postgres/certificate.ts';
import { describeDurability } from './postgres/durability.ts';
import { describeEntrance } from './postgres/entrance.ts';
import { describeRivals } from './postgres/rivals.ts';
import { describeTexts } from './postgres/texts.ts';
import { describeUser } from './postgres/user.ts';
import { describeProjections } from './projections.contract.ts';
import { describeWaitTokens } from './wait-tokens.contract.ts';

const adapter = 'PostgreSQL';
const programs = findPostgres();

// One server for all: starting it takes longer than most of the suites.
if (programs) await runSuites(programs);
else {
  reportAdapter({ adapter, absent: missingPostgres });
  test('PostgreSQL', { skip: process.env['CI'] === undefined && missingPostgres }, () => {
    throw new Error(missingPostgres);
  });
}

type Reopened = ReturnType<typeof openPostgresStores> & { reopen(): Promise<Reopened> };

async function runSuites(folder: string): Promise<void> {
  const cluster = await startCluster(folder);
  after(() => cluster.stop());
  reportAdapter({ adapter, against: cluster.about });
  const stores = async (context: TestContext) => open(context, freshSchema());
  const open = (context: TestContext, schema: string): Reopened => {
    const opened = openPostgresStores(context, { address: cluster.address, schema });
    return {
      ...opened,
      reopen: async () => {
        await opened.close();
        return open(context, schema);
      },
    };
  };
  describeEventLog(adapter, stores);
  describeProjections(adapter, stores);
  describeAgents(adapter, stores);
  describeAuditLog(adapter, stores);
  describeOutbox(adapter, stores);
  describeWaitTokens(adapter, stores);
  describeDisposal(adapter, stores);
  describeConnections(adapter, async (context) => {
    const { store } = await stores(context);
    const clock = new VirtualClock();
    return { connections: new PostgresConnections(store, clock), clock };
  });
  describeDurability(cluster);
  describeEntrance(cluster);
  describeTexts(cluster);
  describeRivals(cluster);
  describeUser(cluster);
  describeCertificate(folder);
}
