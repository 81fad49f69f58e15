import { eventHash } from '../../../shared/domain/chain.ts';
import type { RunEvent } from '../../../shared/domain/events.ts';
import { verify } from '../../../shared/domain/verify.ts';
import type { Evidence, Finding } from '../evidence.ts';
import { doubled } from './runs.ts';

const check = 'logs';

/** Every chain verifies, here and by the server (which knows head and signature); no event stands in the logs twice. */
export function checkLogs({ found }: Evidence): Finding[] {
  const ids = [...found.values()].flatMap(({ events }) => events.map(({ id }) => id));
  return [
    ...doubled(ids).map((id) => ({ check, message: `The event ${id} is there more than once` })),
    ...[...found].flatMap(([run, { events, doubts }]) =>
      [...verified(run, events), ...doubts].map((message) => ({ check, run, message })),
    ),
  ];
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
