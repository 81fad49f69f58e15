import { readFileSync } from 'node:fs';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { UsageError } from '../../command-line.ts';
import { readMockConfig } from '../mocks/read-config.ts';
import type { MockConfig } from '../mocks/schema.ts';
import type { ServerOptions } from './server.ts';

/** The port of Step Functions Local. */
const defaultPort = 8_083;

export type Typed = Readonly<
  Partial<Record<'port' | 'data' | 'account' | 'region' | 'clock' | 'mock-config', string>>
>;

/**
 * What was typed and, for the mocks, what `SFN_MOCK_CONFIG` says. Throws `UsageError`, and `mocks.invalid` for a file
 * that cannot be used.
 */
export function serverOptions(typed: Typed, env: Readonly<Record<string, string | undefined>>) {
  const file = typed['mock-config'] ?? (env['SFN_MOCK_CONFIG'] || undefined);
  return {
    port: portOf(typed.port),
    ...(typed.data === undefined ? {} : { data: taken('data', typed.data, /^.+$/, 'the path of a folder') }),
    ...(typed.account === undefined
      ? {}
      : { account: taken('account', typed.account, /^\d{12}$/, 'twelve digits') }),
    ...(typed.region === undefined
      ? {}
      : {
          region: taken('region', typed.region, /^[a-z]{2}(-[a-z]+)+-\d+$/, 'a region such as eu-central-1'),
        }),
    ...(typed.clock === undefined ? {} : { clock: clockOf(typed.clock) }),
    ...(file === undefined ? {} : { mocks: readMocks(file) }),
  } satisfies ServerOptions;
}

function portOf(typed: string | undefined): number {
  if (typed === undefined) return defaultPort;
  const port = Number(taken('port', typed, /^\d{1,5}$/, 'a number from 0 to 65535'));
  return port <= 65_535 ? port : refuse('port', typed, 'a number from 0 to 65535');
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

function readMocks(file: string): MockConfig {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const message = `The mock configuration ${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`;
    throw new TandemError('mocks.invalid', { message, cause });
  }
  return readMockConfig(text, file);
}
