import type { AgentVersion } from '../../../shared/protocol/agents.ts';
import type { Run } from '../../../shared/protocol/runs.ts';
import type { Published } from '../programs/publish-program.ts';

/** What `dev` says between runs. */
export interface DevView {
  /** While the program is bundled and published. */
  publishing<T>(work: Promise<T>): Promise<T>;
  published(version: AgentVersion, how: Pick<Published, 'fresh' | 'warnings'>): void;
  /** `input`: the file that it is given, if it is one. */
  starts(run: Run, input: string | undefined): void;
  problem(error: unknown): void;
  cancelled(run: string, why: string): void;
  /** There is nothing to do until one of these files is saved. */
  waits(files: readonly string[]): void;
  saved(files: readonly string[]): void;
}
