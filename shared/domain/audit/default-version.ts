import type { AgentVersion } from './records.ts';

/** Whether a number is one of a trial, as `1.0.1-dev.3`: semver's pre-releases. */
export const isTrial = (number: string): boolean => /^[^+]*-/.test(number);

/**
 * Of an agent's versions, newest first, the one that is meant when none is named: the last that is no trial, and the last
 * trial of an agent that has nothing else.
 */
export function defaultVersion(newestFirst: Iterable<AgentVersion>): AgentVersion | undefined {
  let last: AgentVersion | undefined;
  for (const version of newestFirst) {
    if (!isTrial(version.number)) return version;
    last ??= version;
  }
  return last;
}

/** The default version of each agent; the agent published last comes first. */
export function eachDefault(newestFirst: readonly AgentVersion[]): readonly AgentVersion[] {
  const agents = Map.groupBy(newestFirst, ({ agent }) => agent);
  return [...agents.values()].flatMap((versions) => defaultVersion(versions) ?? []);
}
