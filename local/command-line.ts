import { parseArgs } from 'node:util';
import { SettingError } from '../shared/errors/setting-error.ts';
import { isTandemError } from '../shared/errors/tandem-error.ts';

/** Something that was typed cannot be understood. */
class UsageError extends Error {}

/** The options that were typed, each with a value. Throws {@link UsageError} for any other. */
export function typed<K extends string>(names: readonly K[]): Partial<Record<K, string>> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
    return parseArgs({ options }).values as Partial<Record<K, string>>;
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

/** Ends the process: one sentence on what has happened and one on what to do; 2 for what was typed, 1 for the rest. */
export function exitWith(error: unknown, usage: string): never {
  console.error(error instanceof Error ? `tandem: ${account(error, usage)}` : error);
  process.exit(error instanceof UsageError || error instanceof SettingError ? 2 : 1);
}

/** The stack is for what should not happen. */
function account(error: Error, usage: string): string {
  const sentence = `${error.message.replace(/\.$/, '')}.`;
  if (error instanceof SettingError && !error.typed) return `${sentence} ${error.remedy}`;
  if (error instanceof UsageError || error instanceof SettingError) return `${sentence}\n${usage}`;
  return isTandemError(error) ? `${sentence} ${error.remedy} [${error.code}]` : String(error.stack);
}
