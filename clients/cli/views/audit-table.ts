import type { AuditEvent } from '../../../shared/protocol/audit.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Tone } from '../terminal/paint.ts';
import { type TableScreen, table } from '../terminal/table.ts';
import { cut, padEnd } from '../terminal/width.ts';
import { auditWords } from './audit-words.ts';
import { localTime } from './run-table.ts';

/** Widths that hold what is usual; when following, no row is known that comes later. */
const widths = { at: 16, by: 18, type: 16 } as const;

/** Events as a list; `rows`: one below the other as they come, without titles. */
export function auditTable(
  events: readonly AuditEvent[],
  screen: TableScreen,
  how: 'table' | 'rows' = 'table',
): string[] {
  if (how === 'rows') return events.map((event) => row(event, screen));
  return table(
    events,
    [
      { title: 'when', text: ({ at }) => localTime(at), tone: () => 'quiet' },
      { title: 'who', text: ({ by }) => cleanLine(by), tone: () => 'name', gives: true },
      { title: 'event', text: ({ type }) => type, tone },
      { title: 'what', text: (event) => cleanLine(auditWords(event)), gives: true },
    ],
    screen,
  );
}

/** What stands above rows. */
export function auditTitles({ paint }: TableScreen): string {
  return paint(
    'quiet',
    line(['when', 'who', 'event'], (text) => text, 'what'),
  );
}

function row(event: AuditEvent, { paint, columns, terminal }: TableScreen): string {
  const room = terminal ? Math.max(12, columns - widths.at - widths.by - widths.type - 6) : undefined;
  const what = cleanLine(auditWords(event));
  const tones: readonly Tone[] = ['quiet', 'name', tone(event)];
  const painted = (text: string, at: number) => paint(tones[at] ?? 'plain', text);
  return line(
    [localTime(event.at), cleanLine(event.by), event.type],
    painted,
    room === undefined ? what : cut(what, room),
  );
}

function line(
  [at = '', by = '', type = '']: readonly string[],
  painted: (text: string, at: number) => string,
  what: string,
): string {
  const cells = [padEnd(at, widths.at), padEnd(cut(by, widths.by), widths.by), padEnd(type, widths.type)];
  return `${cells.map(painted).join('  ')}  ${what}`.trimEnd();
}

function tone({ type }: AuditEvent): Tone {
  if (type === 'access.refused' || type === 'tenant.suspended') return 'bad';
  return type.endsWith('.revoked') || type.endsWith('.removed') ? 'attention' : 'good';
}
