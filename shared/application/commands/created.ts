import type { Content, Digest } from '../../domain/content.ts';
import type { Actor, EventDraft, EventPayloads } from '../../domain/events.ts';
import type { AgentVersion } from '../../ports/agents.ts';
import type { Ports } from '../ports.ts';

/** What a new run is made of, besides the version that decides. */
export interface RunSeed {
  readonly by: Actor;
  readonly input: Content;
  readonly tree: Digest | null;
  readonly session?: string;
  readonly parent?: NonNullable<EventPayloads['run.created']['parent']>;
}

/** The first event of a run; it says plainly which isolation is active. */
export function createdDraft(
  { ids, programs, launcher }: Ports,
  version: AgentVersion,
  seed: RunSeed,
): EventDraft {
  const { by, ...rest } = seed;
  const { operationsPerStep } = version;
  return {
    type: 'run.created',
    by,
    payload: {
      agent: version.agent,
      version: version.digest,
      number: version.number,
      seed: ids.hex(32),
      isolation: { program: programs.isolation, command: launcher.isolation },
      ...(operationsPerStep === undefined ? {} : { operationsPerStep }),
      ...rest,
    },
  };
}
