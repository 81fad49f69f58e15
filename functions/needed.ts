import { SettingError } from '../shared/errors/setting-error.ts';

/** Throws `SettingError` for a variable that a part cannot do without. */
export function needed<S, N extends keyof S & string>(settings: S, name: N): NonNullable<S[N]> {
  const value = settings[name];
  if (value === undefined || value === null) throw new SettingError(`${name} is not set`);
  return value;
}
