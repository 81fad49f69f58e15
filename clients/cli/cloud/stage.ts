import { stageName } from '../../../shared/protocol/primitives.ts';
import type { Option } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** The option by which commands are told which stage they are about. */
export const stageOption = {
  type: 'string',
  value: 'STAGE',
  help: 'which stage: dev, prod, or a name of your own',
} as const satisfies Option;

/** The stage that was typed, for a command that changes it; throws `UsageError`. */
export function changedStageOf(typed: string | undefined): string {
  if (typed === 'twin') throw new UsageError('The stage twin is what `docker compose up` deploys');
  return stageOf(typed);
}

/** The stage that was typed; throws `UsageError`. */
export function stageOf(typed: string | undefined): string {
  if (typed === undefined) throw new UsageError('--stage is missing: dev, prod, or a name of your own');
  if (stageName().safeParse(typed).success) return typed;
  throw new UsageError(
    `--stage takes 2 to 16 lower-case letters, digits and hyphens, beginning with a letter, not \`${typed}\``,
  );
}
