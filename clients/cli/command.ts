import type { Settings } from '../../shared/protocol/environment/environment.ts';
import type { TandemClient } from '../sdk/client.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './terminal/output.ts';

/** One option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given more than once. */
  readonly multiple?: true;
  /** What stands for the value in help: `DIR`. */
  readonly value?: string;
  /** The values that it takes, where they are few. */
  readonly choices?: readonly string[];
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** The values of a command's options; absent when not given. */
export type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K]['type'] extends 'boolean'
    ? boolean
    : O[K]['multiple'] extends true
      ? readonly string[]
      : string;
};

/** Where and how the command line was called. */
export interface Surroundings {
  /** Where the command was typed: relative paths start here. */
  readonly cwd: string;
  /** Where the search for a data folder starts; npm scripts are run in the project, wherever they were typed. */
  readonly project: string;
  /** What the environment says. */
  readonly settings: Settings<'command line'>;
  /** Whether somebody can be asked. */
  readonly interactive: boolean;
}

/** What a command is called with. */
export interface Call<O extends Options = Options> {
  readonly values: Values<O>;
  readonly arguments: readonly string[];
  readonly json: boolean;
  readonly output: Output;
  readonly surroundings: Surroundings;
  /** Path of the data folder, whether it exists or not. */
  readonly data: string;
  /** A client of the server that is running now; throws `server.unreachable` when none is known. */
  connect(): TandemClient;
  /** Aborted when somebody presses Ctrl-C or the process is told to end; asking for it is taking responsibility. */
  interrupted(): AbortSignal;
}

/** A verb of the command line. */
export interface Command {
  /** What comes after the name: `RUN [--out DIR]`. */
  readonly usage: string;
  readonly options: Options;
  /** Paragraphs of help below the usage. */
  readonly details?: string;
  run(call: Call): Promise<ExitCode>;
}

/** Keeps the exact options, so that the values are typed by them. */
export function defineCommand<const O extends Options>(command: {
  readonly usage: string;
  readonly options: O;
  readonly details?: string;
  run(call: Call<O>): Promise<ExitCode>;
}): Command {
  return command as Command;
}
