import { command, file, OperationError } from 'tandem';

interface Input {
  readonly command: string;
  readonly timeoutMs?: number;
  /** Written before the command runs. */
  readonly files?: Readonly<Record<string, string>>;
  /** Read when it has run. */
  readonly read?: readonly string[];
}

/** Runs one command on a workspace. A command that fails as an operation is told by its code. */
export default async function run(input: Input) {
  for (const [path, content] of Object.entries(input.files ?? {})) await file.write(path, content);
  const options = input.timeoutMs === undefined ? {} : { timeoutMs: input.timeoutMs };
  try {
    const { durationMs: _, ...result } = await command.run(input.command, options);
    const read = await Promise.all((input.read ?? []).map((path) => file.read(path)));
    return { ...result, read };
  } catch (error) {
    if (error instanceof OperationError && error.kind === 'command.run') return { code: error.code };
    throw error;
  }
}
