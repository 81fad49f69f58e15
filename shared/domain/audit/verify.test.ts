import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyAudit, headAfter, sealAudit } from './chain.ts';
import type { AuditEvent, AuditHead } from './events.ts';
import { AuditVerifier } from './verify.ts';

const tenant = 'acme';

function sound(): { events: AuditEvent[]; head: AuditHead } {
  let head = emptyAudit;
  const events = ['one', 'two', 'three'].map((reason, index) => {
    const seal = { id: `evt_${index}`, at: `2026-01-01T00:00:0${index}.000Z`, salt: '0'.repeat(32) };
    const draft = { type: 'tenant.suspended', by: 'platform:pat', payload: { reason } } as const;
    const event = sealAudit(tenant, head, { draft, seal });
    head = headAfter(event);
    return event;
  });
  return { events, head };
}

function findingOf(events: readonly AuditEvent[], head: AuditHead | undefined) {
  const verifier = new AuditVerifier(tenant);
  for (const event of events) verifier.next(event);
  return verifier.end(head);
}

test('a sound log has no findings, and neither has an empty one', () => {
  const { events, head } = sound();
  assert.equal(findingOf(events, head), undefined);
  assert.equal(findingOf([], undefined), undefined);
});

const tampering: Record<string, (events: AuditEvent[]) => readonly [string, number]> = {
  'a changed payload': (events) => {
    events[1] = { ...events[1], payload: { reason: 'other' } } as AuditEvent;
    return ['altered', 2];
  },
  'a changed envelope': (events) => {
    events[0] = { ...events[0], by: 'platform:eve' } as AuditEvent;
    return ['altered', 2];
  },
  'a missing event': (events) => {
    events.splice(1, 1);
    return ['missing', 2];
  },
  'a cut tail': (events) => {
    events.pop();
    return ['cut', 2];
  },
  "another tenant's event": (events) => {
    events[2] = { ...events[2], tenant: 'other' } as AuditEvent;
    return ['foreign', 3];
  },
  'a changed last event': (events) => {
    events[2] = { ...events[2], by: 'platform:eve' } as AuditEvent;
    return ['altered', 3];
  },
};

for (const [what, tamper] of Object.entries(tampering)) {
  test(`${what} is found`, () => {
    const { events, head } = sound();
    const [kind, seq] = tamper(events);
    const finding = findingOf(events, head);
    assert.deepEqual([finding?.kind, finding?.seq], [kind, seq]);
  });
}

test('time never runs backwards within a log', () => {
  const { head } = sound();
  const draft = { type: 'tenant.resumed', by: 'platform:pat', payload: {} } as const;
  const seal = { id: 'evt_9', at: '2020-01-01T00:00:00.000Z', salt: '0'.repeat(32) };
  assert.equal(sealAudit(tenant, head, { draft, seal }).at, head.at);
});
