import { SettingError } from '../shared/errors/setting-error.ts';
import type { Settings } from '../shared/protocol/environment/environment.ts';

/** Throws `SettingError` for a variable that a part cannot do without. */
export function needed<N extends keyof Settings>(settings: Settings, name: N): NonNullable<Settings[N]> {
  const value = settings[name];
  if (value === undefined) throw new SettingError(`${name} is not set`);
  return value as NonNullable<Settings[N]>;
}
