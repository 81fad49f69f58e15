import type { Settings } from '../../../shared/protocol/environment/environment.ts';

/** What the environment says, and a sentence on each variable that looks like ours and means nothing. */
export interface Environment {
  readonly settings: Settings<'command line'>;
  readonly warnings: readonly string[];
}

/** Reads the environment. Throws `SettingError`. Where nothing is set, the schema is not even loaded. */
export async function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Environment> {
  if (!Object.keys(env).some((name) => /^TANDEM_/i.test(name))) return { settings: {}, warnings: [] };
  const { readSettings, unknownSettings } = await import(
    '../../../shared/protocol/environment/read-settings.ts'
  );
  return { settings: readSettings('command line', env), warnings: unknownSettings(env) };
}
