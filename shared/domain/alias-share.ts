import type { Alias } from './audit/records.ts';
import { sha256 } from './canonical.ts';

/** The alias that a start without a version uses, where an agent has it. */
export const defaultAlias = 'live';

/**
 * Which of an alias' two versions somebody is given. `key` is what stays together: a session, or else a run. Every key has
 * its place on a scale of a hundred, one of its own for each new version; those below the percentage get the new one. So
 * raising it moves nobody back.
 */
export function drawVersion({ version, share }: Pick<Alias, 'version' | 'share'>, key: string): string {
  return share && placeOf(share.version, key) < share.percent ? share.version : version;
}

/** From 0 to below 100. */
function placeOf(version: string, key: string): number {
  return (Number.parseInt(sha256(`${version}:${key}`).slice(0, 12), 16) / 2 ** 48) * 100;
}
