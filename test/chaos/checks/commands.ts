import type { EventOf, RunEvent } from '../../../shared/domain/events.ts';
import type { Evidence, Finding } from '../evidence.ts';
import type { WitnessLine } from '../witness.ts';

const check = 'commands';

/** What the log says of one command. Times in milliseconds since the epoch. */
export interface Command {
  readonly operation: number;
  readonly claimedAt?: number;
  readonly completed?: EventOf<'operation.completed'>['payload']['outcome'];
  readonly interruptedAt?: number;
}

/**
 * The log of every command and what the outside witness saw of it agree: nothing was done unclaimed, twice, or after
 * its operation had ended; what is completed was done once and to its end; what was cut off is called interrupted.
 */
export function checkCommands({ found, witness }: Evidence): Finding[] {
  const seen = Map.groupBy(witness, ({ run }) => run);
  const runs = new Set([...found.keys(), ...seen.keys()]);
  return [...runs].flatMap((run) => {
    const commands = commandsOf(found.get(run)?.events ?? []);
    const lines = seen.get(run) ?? [];
    return [
      ...unknown(commands, lines),
      ...repeated(lines),
      ...commands.flatMap((its) => faults(its, lines)),
    ].map((message) => ({ check, run, message }));
  });
}

/** Every command that a log names, in the order of their numbers. */
export function commandsOf(events: readonly RunEvent[]): Command[] {
  const commands = new Map<number, Command>();
  const note = (operation: number, change: Partial<Command>): void => {
    const its = commands.get(operation);
    if (its) commands.set(operation, { ...its, ...change });
  };
  for (const event of events) {
    const at = Date.parse(event.at);
    if (event.type === 'operation.requested' && event.payload.kind === 'command.run') {
      commands.set(event.payload.operation, { operation: event.payload.operation });
    }
    if (event.type === 'operation.started') note(event.payload.operation, { claimedAt: at });
    if (event.type === 'operation.completed')
      note(event.payload.operation, { completed: event.payload.outcome });
    if (event.type === 'operation.interrupted') note(event.payload.operation, { interruptedAt: at });
  }
  return [...commands.values()];
}

function unknown(commands: readonly Command[], lines: readonly WitnessLine[]): string[] {
  const known = new Set(commands.map(({ operation }) => operation));
  const strange = lines.filter(({ operation }) => !known.has(operation));
  return strange.map(
    ({ operation, label }) => `${label} was run as operation ${operation}, which is not in the log`,
  );
}

/** A program gives every command it decides on another label: the same one twice was not its decision. */
function repeated(lines: readonly WitnessLine[]): string[] {
  const starts = Map.groupBy(
    lines.filter(({ what }) => what === 'start'),
    ({ label }) => label,
  );
  return [...starts]
    .filter(([, times]) => times.length > 1)
    .map(([label, times]) => {
      const operations = times.map(({ operation }) => operation).join(' and ');
      return `${label} was run ${times.length} times, as operation ${operations}`;
    });
}

function faults(command: Command, lines: readonly WitnessLine[]): string[] {
  const mine = lines.filter(({ operation }) => operation === command.operation);
  const starts = mine.filter(({ what }) => what === 'start');
  const ends = mine.filter(({ what }) => what === 'end');
  return [...inTheLog(command), ...againstWitness(command, starts, ends)].map(
    (fault) => `Command ${command.operation} ${fault}`,
  );
}

function inTheLog({ completed, interruptedAt, claimedAt }: Command): string[] {
  if (completed && interruptedAt !== undefined) return ['is completed and interrupted'];
  if (completed?.ok === false) return [`could not be carried out: ${completed.error.message}`];
  if (claimedAt !== undefined && !completed && interruptedAt === undefined)
    return ['was claimed and left open'];
  return [];
}

function againstWitness(
  { claimedAt, completed, interruptedAt }: Command,
  starts: readonly WitnessLine[],
  ends: readonly WitnessLine[],
): string[] {
  const faults: string[] = [];
  if (starts.length > 1) faults.push(`was done ${starts.length} times`);
  if (ends.length > starts.length) faults.push('ended more often than it began');
  if (starts.some(({ at }) => claimedAt === undefined || at < claimedAt))
    faults.push('was done without a claim');
  if (completed?.ok && (starts.length !== 1 || ends.length !== 1)) {
    faults.push(`is completed, but the witness saw ${starts.length} starts and ${ends.length} ends`);
  }
  const late = [...starts, ...ends].find(({ at }) => interruptedAt !== undefined && at > interruptedAt);
  if (late) faults.push(`went on (${late.what}) after it was called interrupted`);
  return faults;
}
