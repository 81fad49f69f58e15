import { childRunId } from '../../../shared/domain/derived-ids.ts';
import type { RunEvent } from '../../../shared/domain/events.ts';
import type { Evidence, Finding } from '../evidence.ts';

const check = 'children';

/** Each call of an agent has exactly one child, and each child its call. */
export function checkChildren({ found }: Evidence): Finding[] {
  const children = [...found].flatMap(([run, { events }]) => parentOf(run, events));
  const calls = [...found].flatMap(([run, { events }]) =>
    callsOf(events).map((operation) => ({ run, operation })),
  );
  const byCall = Map.groupBy(children, ({ call }) => call);
  const called = new Set(calls.map(({ run, operation }) => `${run} ${operation}`));
  return [
    ...calls.flatMap(({ run, operation }) => {
      const its = byCall.get(`${run} ${operation}`) ?? [];
      if (its.length === 1 && its[0]?.run === childRunId(run, operation)) return [];
      const names = its.map((child) => child.run).join(', ') || 'none';
      return [{ check, run, message: `Call ${operation} has ${its.length} children: ${names}` }];
    }),
    ...children
      .filter(({ call }) => !called.has(call))
      .map(({ run, call }) => ({ check, run, message: `Nobody has called this child (${call})` })),
  ];
}

function parentOf(run: string, [created]: readonly RunEvent[]): { run: string; call: string }[] {
  if (created?.type !== 'run.created' || !created.payload.parent) return [];
  const { parent } = created.payload;
  return [{ run, call: `${parent.run} ${parent.operation}` }];
}

function callsOf(events: readonly RunEvent[]): number[] {
  return events.flatMap((event) =>
    event.type === 'operation.requested' && event.payload.kind === 'agent.call'
      ? [event.payload.operation]
      : [],
  );
}
