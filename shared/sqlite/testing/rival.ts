import { sealEvent } from '../../domain/chain.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { TenantEventLog } from '../../ports/event-log.ts';
import { SqliteEventLog } from '../event-log.ts';
import { openSqliteStore } from '../store.ts';

/** A second process on the same log: appends to a few runs, reading again after each conflict. */
const [file = '', name = '', count = '0', runs = '1'] = process.argv.slice(2);
const store = openSqliteStore(file);
const log = new SqliteEventLog(store).forTenant('acme');

for (let number = 0; number < Number(count); number += 1) {
  const run = `run_${number % Number(runs)}`;
  while (!(await appended(log, run, `evt_${name}_${number}`)));
}
store.close();

async function appended(to: TenantEventLog, run: string, id: string): Promise<boolean> {
  const { seq = 0, hash = '0'.repeat(64) } = (await to.head(run)) ?? {};
  const draft = { type: 'run.paused', by: 'system', payload: {} } as const;
  const seal = { id, at: '2026-01-01T00:00:00.000Z', salt: '' };
  const event = sealEvent(draft, { tenant: 'acme', run, seq, hash }, seal);
  try {
    await to.append({
      run,
      expected: seq,
      events: [event],
      head: { run, seq: seq + 1, hash },
      projections: [],
    });
    return true;
  } catch (error) {
    if (isTandemError(error, 'log.conflict')) return false;
    throw error;
  }
}
