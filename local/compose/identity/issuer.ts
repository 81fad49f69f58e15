import type { Logger } from '../../../shared/logging/logger.ts';
import type { RateLimits } from '../../../shared/ports/rate-limits.ts';
import { openDataFolder } from '../../data-folder/data-folder.ts';
import type { IssuerNames } from '../../identity/issuer-names.ts';
import { type LocalIssuer, openLocalIssuer } from '../../identity/local-issuer.ts';

/** The address of the twin, which is the name of its issuer; where its keys are fetched is configured apart. */
const name = 'http://localhost:4400';

/** One name, whoever asks: functions take tokens of this one. */
const names: IssuerNames = { main: () => name, nameFor: () => name, isOurs: (other) => other === name };

export interface IssuerOptions {
  /** The volume. */
  readonly data: string;
  readonly log: Logger;
  readonly stranger: RateLimits['stranger'];
}

/** The embedded twin's issuer, on a volume. */
export async function openIssuer({ data, log, stranger }: IssuerOptions): Promise<LocalIssuer> {
  const { identity } = await openDataFolder(data);
  return openLocalIssuer({ folder: identity, names, audience: 'tandem', log, now: Date.now, stranger });
}
