import type { RunEvent } from '../../../shared/protocol/events.ts';

const start = Date.parse('2026-11-21T10:00:00.000Z');

/** An event that happened so many milliseconds after its run was created. */
export function eventOf(
  type: string,
  payload: Record<string, unknown> = {},
  { ms = 0, by = 'run', seq = 1 }: { ms?: number; by?: string; seq?: number } = {},
): RunEvent {
  return {
    v: 1,
    id: `evt_${seq}`,
    tenant: 'local',
    run: 'run_1',
    seq,
    type,
    at: new Date(start + ms).toISOString(),
    by,
    prev: '0'.repeat(64),
    digest: '0'.repeat(64),
    salt: '',
    payload,
  };
}

export const created = (tree: string | null = null): RunEvent =>
  eventOf('run.created', { agent: 'report', number: '1.0.0', tree }, { by: 'user:cli' });

/** An operation that is recorded once, with its outcome. */
export function recorded(operation: number, kind: string, args: unknown, result: unknown): RunEvent {
  return eventOf(
    'operation.completed',
    {
      operation,
      record: { kind, hash: '', request: { inline: args } },
      outcome: { ok: true, value: { inline: result } },
    },
    { ms: 10 },
  );
}

export function requested(operation: number, kind: string, args: unknown, ms = 10): RunEvent {
  return eventOf('operation.requested', { operation, kind, hash: '', request: { inline: args } }, { ms });
}

export function completed(operation: number, result: unknown, ms = 20): RunEvent {
  return eventOf(
    'operation.completed',
    { operation, outcome: { ok: true, value: { inline: result } } },
    { ms },
  );
}
