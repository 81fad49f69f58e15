import { chainStart, eventHash, sealEvent } from '../../../../shared/domain/chain.ts';
import { isTandemError } from '../../../../shared/errors/tandem-error.ts';
import { PostgresEventLog } from '../../../../shared/postgres/event-log.ts';
import { openPostgresStore } from '../../../../shared/postgres/store.ts';
import { tenant } from '../../fixtures.ts';

/** `rival.ts ADDRESS SCHEMA RUN TIMES NAME`: appends that often to a run that others append to as well. */
const [address = '', schema = '', run = '', times = '', name = ''] = process.argv.slice(2);
const store = openPostgresStore({ address, schema, auth: 'password' });
const log = new PostgresEventLog(store).forTenant(tenant);
for (let done = 0; done < Number(times); ) {
  const { seq, hash } = (await log.head(run)) ?? { seq: 0, hash: chainStart };
  const draft = { type: 'run.paused', by: `user:${name}`, payload: { reason: `${name} ${done}` } } as const;
  const stamp = { id: `evt_${name}_${done}`, at: '2026-01-01T00:00:00.000Z', salt: '0'.repeat(32) };
  const event = sealEvent(draft, { tenant, run, seq, hash }, stamp);
  const head = { run, seq: event.seq, hash: eventHash(event) };
  try {
    await log.append({ run, expected: seq, events: [event], head, projections: [] });
    done += 1;
  } catch (error) {
    if (!isTandemError(error, 'log.conflict')) throw error;
  }
}
await store.close();
