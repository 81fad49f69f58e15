import { nearest } from '../../errors/nearest.ts';
import { SettingError } from '../../errors/setting-error.ts';
import type { About, Reader } from './about.ts';
import { environment, type SettingName, type Settings } from './environment.ts';

type Texts = Readonly<Record<string, string | undefined>>;

export const settingNames = Object.keys(environment) as readonly SettingName[];

/** What is to be known about a variable. */
export const aboutSetting = (name: SettingName): About => environment[name].about;

/**
 * The settings of one reader. `flags`: what was typed as options, by their names; they win. An empty variable counts as
 * one that is not set. Throws {@link SettingError} for a value that a variable or an option does not take.
 */
export function readSettings<R extends Reader>(reader: R, env: Texts, flags: Texts = {}): Settings<R> {
  const names = settingNames.filter((name) => aboutSetting(name).readers.includes(reader));
  return Object.fromEntries(names.map((name) => [name, readSetting(name, env, flags)])) as Settings<R>;
}

function readSetting(name: SettingName, env: Texts, flags: Texts): unknown {
  const { flag } = aboutSetting(name);
  const typed = flag === undefined ? undefined : flags[flag];
  const given = typed ?? (env[name] || undefined);
  if (given === undefined) return undefined;
  const { success, data } = environment[name].schema().safeParse(given);
  if (!success) throw refused(name, given, typed === undefined ? undefined : flag);
  return data;
}

/** Shown in full, a value could be as long as somebody likes and hold what moves a cursor. */
function refused(name: SettingName, given: string, flag: string | undefined): SettingError {
  const { takes, secret } = aboutSetting(name);
  const shown = given.length > 80 ? `${given.slice(0, 80)}…` : given;
  const instead = secret ? '; what it holds is not shown' : `, not ${JSON.stringify(shown)}`;
  const called = flag === undefined ? name : `--${flag}`;
  return new SettingError(`${called} takes ${takes}${instead}`, flag !== undefined);
}

/** A sentence, without a full stop, on each variable that looks like ours and is none. */
export function unknownSettings(env: Texts): string[] {
  const unknown = Object.keys(env).filter(
    (name) => /^TANDEM_/i.test(name) && !Object.hasOwn(environment, name),
  );
  return unknown.map((name) => {
    const meant = nearest(name.toUpperCase(), settingNames);
    return `${name} is set and means nothing${meant === undefined ? '' : `; did you mean ${meant}?`}`;
  });
}
