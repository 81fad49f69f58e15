import type { RunEvent } from '../../domain/events.ts';
import { readEvent } from '../../domain/read-event.ts';
import type { RunState } from '../../domain/state.ts';
import type { EventLog } from '../../ports/event-log.ts';

/** An event in today's shape between the states around it. */
export interface LoggedEvent {
  readonly before: RunState | undefined;
  readonly event: RunEvent;
  readonly after: RunState;
}

/** Every event of a run's log from the first, a page in memory at a time. None: there is no such run. */
export async function* eachEvent(
  log: Pick<EventLog, 'forTenant'>,
  tenant: string,
  run: string,
): AsyncGenerator<LoggedEvent> {
  let before: RunState | undefined;
  for (let more = true; more; ) {
    const page = await log.forTenant(tenant).read(run, before?.seq ?? 0);
    for (const written of page.events) {
      const { event, state: after } = readEvent(before, written);
      yield { before, event, after };
      before = after;
    }
    more = page.more;
  }
}
