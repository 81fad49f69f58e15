import type { Role } from '../../domain/audit/records.ts';
import type { Content, Digest } from '../../domain/content.ts';
import type { Actor, EventDraft, EventPayloads } from '../../domain/events.ts';
import type { Ports } from '../ports.ts';
import type { ChosenVersion } from '../queries/choose-version.ts';

/** What a new run is made of, besides the version that decides. */
export interface RunSeed {
  readonly by: Actor;
  readonly roles: readonly Role[];
  readonly input: Content;
  readonly tree: Digest | null;
  readonly session?: string;
  readonly retentionDays?: number;
  readonly parent?: NonNullable<EventPayloads['run.created']['parent']>;
}

/**
 * The first events of a run: what it is, saying plainly which isolation is active, and its first generation, so that
 * whoever starts the execution has nothing more to append (rule 5).
 */
export function createdDrafts(
  { ids, programs, launcher }: Ports,
  { version, alias }: ChosenVersion,
  seed: RunSeed,
): EventDraft[] {
  const { by, ...rest } = seed;
  const { operationsPerStep } = version;
  const created: EventDraft = {
    type: 'run.created',
    by,
    payload: {
      agent: version.agent,
      version: version.digest,
      number: version.number,
      ...(alias === undefined ? {} : { alias }),
      seed: ids.hex(32),
      isolation: { program: programs.isolation, command: launcher.isolation },
      ...(operationsPerStep === undefined ? {} : { operationsPerStep }),
      ...rest,
    },
  };
  return [created, { type: 'run.carried', by: 'system', payload: { generation: 1 } }];
}
