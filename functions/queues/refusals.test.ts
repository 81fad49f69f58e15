import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAudit } from '../../shared/application/audit/read-audit.ts';
import { createTenant } from '../../shared/application/tenants/tenants.ts';
import { memoryApp } from '../../test/support/memory-app.ts';
import { fedMessages, wiredInMemory } from '../../test/support/wired-in-memory.ts';
import { refusalsFunction } from './refusals.ts';

const refusal = {
  code: 'auth.forbidden',
  message: 'This needs the role admin',
  route: 'GET /v1/audit',
  tenant: 'acme',
  subject: 'ann',
};

async function appOfAcme() {
  const app = memoryApp();
  await createTenant(app, 'user:pat', { tenant: 'acme' });
  return app;
}

const refusedTimes = async (app: Awaited<ReturnType<typeof appOfAcme>>) => {
  const { events } = await readAudit(app, 'acme', { after: 0, limit: 100, waitMs: 0 });
  return events.flatMap(({ type, payload }) =>
    type === 'access.refused' ? [(payload as { times: number }).times] : [],
  );
};

describe('what works off refusals', () => {
  it('writes those that are alike as one event', async () => {
    const { app, wire, dead } = wiredInMemory({ app: await appOfAcme() });
    const answer = await refusalsFunction(wire)(
      fedMessages([refusal, refusal].map((one) => JSON.stringify(one))),
    );
    assert.deepEqual([answer, dead], [{ batchItemFailures: [] }, []]);
    assert.deepEqual(await refusedTimes(app), [2]);
  });

  it('puts aside at once, with the reason, what tells of no refusal', async () => {
    const { app, wire, dead } = wiredInMemory({ app: await appOfAcme() });
    const bodies = ['{', JSON.stringify({ ...refusal, more: 1 }), JSON.stringify(refusal)];
    assert.deepEqual(await refusalsFunction(wire)(fedMessages(bodies)), { batchItemFailures: [] });
    assert.deepEqual(
      dead.map(({ body }) => body),
      bodies.slice(0, 2),
    );
    assert.deepEqual(await refusedTimes(app), [1]);
  });

  it('has a batch come again that could not be written', async () => {
    const app = await appOfAcme();
    const audit = { update: () => Promise.reject(new Error('The store is away')) };
    const { wire, dead } = wiredInMemory({ app: { ...app, audit: audit as never } });
    const answer = await refusalsFunction(wire)(fedMessages([JSON.stringify(refusal)]));
    assert.deepEqual([answer, dead], [{ batchItemFailures: [{ itemIdentifier: 'message-0' }] }, []]);
  });
});
