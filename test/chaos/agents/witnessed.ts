import { type CommandResult, command, OperationError } from 'tandem';

/** A command that an outside witness sees begin and end. */
export interface Witnessed {
  /** Absolute path of the witness file. */
  readonly witness: string;
  /** Names the command within its run. */
  readonly label: string;
  readonly seconds: number;
}

/**
 * Runs for so many seconds and leaves a file `<label>` behind. Lines of the witness file:
 * `<ms since the epoch> <run>-<operation> <label> start|end`; a short append is never torn. All its processes carry the
 * path of the witness file in their environment, by which those that are left over can be found.
 */
function once({ witness, label, seconds }: Witnessed): Promise<CommandResult> {
  const say = `say() { printf '%s %s ${label} %s\\n' "$(date +%s%3N)" "$TANDEM_OPERATION" "$1" >> "$WITNESS"; }`;
  return command.run(
    `export WITNESS='${witness}'; ${say}; say start; sleep ${seconds}; printf ${label} > ${name(label)}; say end`,
    { timeoutMs: 60_000 },
  );
}

const name = (label: string): string => label.replace(/\.\d+$/, '');

/** More cuts than any chaos run makes: a command that is cut more often is cut by something else. */
const patience = 200;

/** As {@link once}; one that was cut off is decided to be run again, under another label. Returns how often it ran. */
export async function insisted(its: Witnessed): Promise<number> {
  for (let attempt = 1; attempt <= patience; attempt += 1) {
    if (await tried({ ...its, label: `${its.label}.${attempt}` })) return attempt;
  }
  throw new Error(`${its.label} was cut off ${patience} times`);
}

/** As {@link once}; whether it came to its end, which is all that is wanted to be known. */
export async function tried(its: Witnessed): Promise<boolean> {
  try {
    const { exitCode, stderr, timedOut } = await once(its);
    if (exitCode === 0 && !timedOut) return true;
    throw new Error(`${its.label} ended with ${timedOut ? 'a timeout' : exitCode}: ${stderr}`);
  } catch (error) {
    if (error instanceof OperationError && error.code === 'operation.interrupted') return false;
    throw error;
  }
}
