import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

/** Logs and records. The store that was not chosen is not loaded. */
export const storePart: Part = async ({ settings }) => {
  if (settings.TANDEM_STORE === 'postgres') {
    const { postgresPorts } = await import('./postgres/wiring.ts');
    return postgresPorts(needed(settings, 'TANDEM_POSTGRES'), settings.TANDEM_POSTGRES_AUTH ?? 'iam');
  }
  const { dynamoPorts } = await import('./dynamodb/wiring.ts');
  return dynamoPorts(needed(settings, 'TANDEM_TABLE'));
};
