import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joined, parted, partitions, pastAll, sorted } from '../../shared/aws/dynamodb/keys.ts';
import { approvalLists, deliveriesOfRun } from '../../shared/aws/dynamodb/row-writes.ts';
import { runLists } from '../../shared/aws/dynamodb/run-item.ts';

/** Texts that somebody who knows the keys would try. */
const crafted = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('#', '%', '2', '3', '5', '$', 'a', '-'), maxLength: 6 }),
);
const parts = fc.array(crafted, { minLength: 1, maxLength: 4 });

test('no two lists of parts make the same key, whatever is in them', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      assert.deepEqual(parted(joined(...a)), a);
      assert.equal(joined(...a) === joined(...b), JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

test('what belongs to one tenant is never found under the key of another', () => {
  const keys = [
    partitions.run,
    partitions.approval,
    partitions.webhook,
    runLists.agent,
    runLists.session,
    runLists.parent,
    approvalLists.run,
    deliveriesOfRun,
  ];
  fc.assert(
    fc.property(crafted, crafted, crafted, crafted, (tenant, id, otherTenant, otherId) => {
      fc.pre(tenant !== otherTenant);
      for (const key of keys) assert.notEqual(key(tenant, id), key(otherTenant, otherId));
      const all = [partitions.audit, partitions.records, partitions.versions, partitions.unnamed];
      const other = `${otherTenant}#${otherId}`;
      fc.pre(tenant !== other);
      for (const key of all) assert.notEqual(key(tenant), key(other));
    }),
  );
});

test('what one webhook is due lies between its own keys alone', () => {
  const before = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
  fc.assert(
    fc.property(crafted, crafted, crafted, crafted, (tenant, webhook, otherTenant, otherWebhook) => {
      const key = sorted(otherTenant, otherWebhook, '2026-01-01T00:00:00.000Z', 'dlv_1');
      const [from, to] = [sorted(tenant, webhook, ''), pastAll(tenant, webhook)];
      const isWithin = !before(key, from) && before(key, to);
      assert.equal(isWithin, tenant === otherTenant && webhook === otherWebhook);
    }),
  );
});
