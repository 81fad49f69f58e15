import { readFileSync } from 'node:fs';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { UsageError } from '../../command-line.ts';
import { defaultPlace, type Place } from '../arns.ts';
import { readMockConfig } from '../mocks/read-config.ts';
import { machinesOf } from '../templates/machines-of.ts';
import type { ServerOptions } from './server.ts';

/** The port of Step Functions Local. */
const defaultPort = 8_083;

export type Typed = Readonly<
  Partial<
    Record<
      'port' | 'data' | 'account' | 'region' | 'clock' | 'mock-config' | 'template' | 'retention-days',
      string
    >
  >
>;

/**
 * What was typed and, for the mocks, what `SFN_MOCK_CONFIG` says. Throws `UsageError`, and `mocks.invalid` and
 * `template.invalid` for files that cannot be used.
 */
export function serverOptions(typed: Typed, env: Readonly<Record<string, string | undefined>>) {
  const { data } = typed;
  const mocks = typed['mock-config'] ?? (env['SFN_MOCK_CONFIG'] || undefined);
  if (mocks !== undefined && data !== undefined) {
    throw new UsageError('Mocks are for tests, which leave nothing behind: --data cannot be given with them');
  }
  const place = placeOf(typed);
  return {
    port: portOf(typed.port),
    ...(data === undefined ? {} : { data: taken('data', data, /^.+$/, 'the path of a folder') }),
    ...place,
    ...(typed['retention-days'] === undefined ? {} : { retentionDays: daysOf(typed['retention-days']) }),
    ...(typed.clock === undefined ? {} : { clock: clockOf(typed.clock) }),
    ...(mocks === undefined ? {} : { mocks: readMockConfig(read(mocks, 'mocks.invalid'), mocks) }),
    ...(typed.template === undefined ? {} : { machines: readTemplate(typed.template, place) }),
  } satisfies ServerOptions;
}

function placeOf({ account = defaultPlace.account, region = defaultPlace.region }: Typed): Place {
  return {
    account: taken('account', account, /^\d{12}$/, 'twelve digits'),
    region: taken('region', region, /^[a-z]{2}(-[a-z]+)+-\d+$/, 'a region such as eu-central-1'),
  };
}

function portOf(typed: string | undefined): number {
  if (typed === undefined) return defaultPort;
  const port = Number(taken('port', typed, /^\d{1,5}$/, 'a number from 0 to 65535'));
  return port <= 65_535 ? port : refuse('port', typed, 'a number from 0 to 65535');
}

function daysOf(typed: string): number {
  return Number(taken('retention-days', typed, /^[1-9]\d{0,4}$/, 'a number of days from 1 to 99999'));
}

function clockOf(typed: string): 'system' | 'virtual' {
  return typed === 'system' || typed === 'virtual' ? typed : refuse('clock', typed, 'system or virtual');
}

function taken(option: string, typed: string, pattern: RegExp, takes: string): string {
  return pattern.test(typed) ? typed : refuse(option, typed, takes);
}

function refuse(option: string, typed: string, takes: string): never {
  throw new UsageError(`--${option} takes ${takes}, not ${JSON.stringify(typed.slice(0, 80))}`);
}

const readTemplate = (file: string, place: Place) => machinesOf(read(file, 'template.invalid'), file, place);

function read(file: string, code: 'mocks.invalid' | 'template.invalid'): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const message = `${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`;
    throw new TandemError(code, { message, cause });
  }
}
