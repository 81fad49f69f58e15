import type { RecordChange } from '../domain/audit/records.ts';
import type { ProjectionChange } from '../domain/projections.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';
import { keyText, optionalKeyText } from './key-text.ts';

/**
 * Changes as the functions of the schema take them: one JSON text, in which the row is a text again, and beside it what
 * columns hold. NULL where there is nothing to do.
 */
export function projectionsJson(changes: readonly ProjectionChange[]): string | null {
  if (changes.length === 0) return null;
  // Of changes of one row only the last counts, in its place: one statement puts no row twice.
  const last = new Map<string, ProjectionChange>();
  for (const change of changes) {
    const key = keyOf(change);
    last.delete(key);
    last.set(key, change);
  }
  return JSON.stringify(Object.groupBy([...last.values()].map(columnsOf), ({ kind }) => kind));
}

export function deliveriesJson(deliveries: readonly Delivery[]): string | null {
  if (deliveries.length === 0) return null;
  return JSON.stringify(
    deliveries.map((row) => {
      const { tenant, webhook, delivery, run, status, dueAt, createdAt, revision } = row;
      const columns = { tenant, webhook, delivery, run, status, dueAt, createdAt, revision };
      return { ...columns, row: JSON.stringify(row) };
    }),
  );
}

export function recordsJson(changes: readonly RecordChange[]): string | null {
  if (changes.length === 0) return null;
  return JSON.stringify(
    changes.map(({ kind, tenant, id, row }) => ({
      kind,
      tenant,
      id: keyText(id),
      row: row && JSON.stringify(row),
      ...(kind === 'version' && row
        ? { agent: keyText(row.agent), version: keyText(row.number), digest: row.digest }
        : {}),
    })),
  );
}

function keyOf(change: ProjectionChange): string {
  const { kind, row } = change;
  const key = [kind, row.tenant];
  if (kind === 'approval') return JSON.stringify([...key, row.approval]);
  return JSON.stringify([...key, row.run, ...(kind === 'artifact' ? [row.name] : [])]);
}

type Columns = { readonly kind: ProjectionChange['kind'] } & Readonly<Record<string, string | null>>;

function columnsOf(change: ProjectionChange): Columns {
  const { kind } = change;
  switch (kind) {
    case 'run': {
      const { tenant, run, agent, status, session, parent } = change.row;
      const columns = { tenant, run, agent: keyText(agent), status, session: optionalKeyText(session) };
      return { kind, ...columns, parent: parent ?? null, row: JSON.stringify(change.row) };
    }
    case 'approval': {
      const { tenant, approval, run, status, requestedAt } = change.row;
      return { kind, tenant, approval, run, status, requestedAt, row: JSON.stringify(change.row) };
    }
    case 'artifact': {
      const { tenant, run, name } = change.row;
      return { kind, tenant, run, name: keyText(name), row: JSON.stringify(change.row) };
    }
    case 'due':
      return { kind, ...change.row };
    case 'ended': {
      const { tenant, run, endedAt, removeAt } = change.row;
      return { kind, tenant, run, endedAt, removeAt: removeAt ?? null };
    }
  }
}
