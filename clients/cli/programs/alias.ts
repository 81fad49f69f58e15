import type { Alias, SetAlias } from '../../../shared/protocol/agents.ts';
import { aliasName, versionReference } from '../../../shared/protocol/primitives.ts';
import { UsageError } from '../usage-error.ts';

/** `VERSION` and `VERSION=PERCENT` as typed. Throws `UsageError`. */
export function aliasSetting(version: string, share: string | undefined): SetAlias {
  assertVersion('VERSION', version);
  if (share === undefined) return { version };
  const [other = '', percent = ''] = share.split('=');
  assertVersion('--share', other);
  if (!/^[1-9]\d?$/.test(percent)) {
    throw new UsageError(`--share takes VERSION=PERCENT with a percentage from 1 to 99, not \`${share}\``);
  }
  return { version, share: { version: other, percent: Number(percent) } };
}

/** Throws `UsageError` for what is no name of an alias. */
export function assertAliasName(name: string): void {
  const { success, error } = aliasName().safeParse(name);
  if (!success) throw new UsageError(`ALIAS takes ${error.issues[0]?.message}, not \`${name}\``);
}

/** Where an alias points: `1.0.0, 10 % 1.1.0`. */
export function aliasText({ number, share }: Pick<Alias, 'number' | 'share'>): string {
  return share ? `${number}, ${share.percent} % ${share.number}` : number;
}

function assertVersion(what: string, typed: string): void {
  const { success, error } = versionReference().safeParse(typed);
  if (!success) throw new UsageError(`${what} takes ${error.issues[0]?.message}, not \`${typed}\``);
}
