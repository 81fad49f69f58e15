import type { Json } from '../../../../shared/domain/json.ts';
import { text } from './arguments.ts';
import { type Intrinsic, InvalidArguments, intrinsic } from './call.ts';

const escaped = /\\(['{}\\])/g;
const placeholder = /\\(['{}\\])|\{\}/g;

/** What text in quotes stands for. */
export function unescaped(written: string): string {
  return written.replace(escaped, '$1');
}

/** `States.Format`: each `{}` gives way to the next argument, `\{` and `\}` to a brace. */
export const format: Intrinsic = intrinsic([1, Number.POSITIVE_INFINITY], ([template, ...values]) => {
  let used = 0;
  const made = text(template).replace(placeholder, (_, character?: string) => {
    if (character !== undefined) return character;
    used += 1;
    return shown(values[used - 1]);
  });
  if (used === values.length) return made;
  throw new InvalidArguments(`${values.length} arguments for ${used} placeholders`);
});

function shown(value: Json | undefined): string {
  if (value === undefined) throw new InvalidArguments('fewer arguments than placeholders');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  throw new InvalidArguments('arrays and objects cannot be formatted');
}
