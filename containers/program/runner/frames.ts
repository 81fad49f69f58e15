/** One line of a stack trace; `line` and `column` from 1. */
export interface Frame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The frames of a stack trace in V8's words that lie in one file. */
export function framesOf(stack: string, file: string): readonly Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split('\n')) {
    const frame = parse(line);
    if (frame?.file === file) frames.push(frame);
  }
  return frames;
}

function parse(text: string): Frame | undefined {
  const match =
    /^\s*at (?:(?:async )?(?<name>.*?) \()?(?:async )?(?<file>[^\s():]+):(?<line>\d+):(?<column>\d+)\)?$/.exec(
      text,
    );
  if (!match?.groups) return undefined;
  const { name = '', file = '', line, column } = match.groups;
  return { name, file, line: Number(line), column: Number(column) };
}
