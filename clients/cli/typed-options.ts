import { parseArgs } from 'node:util';
import { nearest } from '../../shared/errors/nearest.ts';
import type { Option, Options } from './command.ts';
import { UsageError } from './usage-error.ts';

/** What was typed after the name of a command. */
export interface Typed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** Takes options and arguments apart. Throws, naming the option, for one that is unknown or has a wrong value. */
export function typedOptions(words: readonly string[], options: Options): Typed {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    // What is wrong is said below, in our words.
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') assertFits(token, options);
  }
  return { values, positionals };
}

interface OptionToken {
  readonly name: string;
  /** As typed, with its dashes. */
  readonly rawName: string;
  readonly value: string | undefined;
  /** Whether it was typed as `--name=value`. */
  readonly inlineValue: boolean | undefined;
}

function assertFits({ name, rawName, value, inlineValue }: OptionToken, options: Options): void {
  const option = rawName.startsWith('--') && Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) throw unknownOption(name, rawName, options);
  if (option.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value`);
  if (option.type === 'string' && value === undefined) throw missingValue(rawName, option);
  // It swallows the next option, more likely than not.
  if (inlineValue === false && value !== undefined && /^-./.test(value)) throw missingValue(rawName, option);
}

function unknownOption(name: string, rawName: string, options: Options): UsageError {
  const near = nearest(name, Object.keys(options));
  return new UsageError(
    `There is no option \`${rawName}\` here${near === undefined ? '' : `; did you mean \`--${near}\`?`}`,
  );
}

const missingValue = (rawName: string, { value = 'VALUE' }: Option) =>
  new UsageError(`${rawName} takes a value: \`${rawName} ${value}\``);
