import { eventHash } from '../../../shared/domain/chain.ts';
import type { RunEvent } from '../../../shared/domain/events.ts';
import { verify } from '../../../shared/domain/verify.ts';
import type { Evidence, Finding } from '../evidence.ts';
import { doubled } from './runs.ts';

const check = 'logs';

/** Every chain verifies, here and by the server (which knows head and signature); no event stands in a log twice. */
export function checkLogs({ found }: Evidence): Finding[] {
  return [...found].flatMap(([run, { events, doubts }]) =>
    [...twice(events), ...verified(run, events), ...doubts].map((message) => ({ check, run, message })),
  );
}

function twice(events: readonly RunEvent[]): string[] {
  const ids = doubled(events.map(({ id }) => id));
  return ids.map((id) => `The event ${id} is there more than once`);
}

function verified(run: string, events: readonly RunEvent[]): string[] {
  const last = events.at(-1);
  if (!last) return ['Its log is empty'];
  const { findings } = verify({
    tenant: last.tenant,
    run,
    events,
    head: { run, seq: last.seq, hash: eventHash(last), signature: { key: '', value: '' } },
    // Signatures are the server's to verify: its key stays with it.
    verifySignature: () => true,
  });
  return findings.map(({ seq, kind, message }) => `${kind} at event ${seq}: ${message}`);
}
