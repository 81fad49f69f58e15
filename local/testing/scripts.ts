import type { ScriptedCommand, ScriptedSpace } from '../../shared/memory/scripted-worker.ts';

/** The place that a scripted command works in. */
export interface CommandSpace {
  /** The whole command line. */
  readonly command: string;
  /** Paths of all files of the workspace. */
  paths(): readonly string[];
  /** A file's text; `undefined` when there is none. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Adds to standard output. */
  print(text: string): void;
  /** Lets virtual time pass, in milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** What a command has done when it ends. */
export interface CommandResult {
  /** Default 0. */
  readonly exitCode?: number;
  readonly stdout?: string;
  /** Files that it writes, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a command does: a result, or a function that works in the space and may give one. */
export type CommandScript =
  | CommandResult
  | ((space: CommandSpace) => CommandResult | void | Promise<CommandResult | void>);

/** By command line, exactly as the program gives it. */
export type CommandScripts = Readonly<Record<string, CommandScript>>;

/** What the launcher does for a command line. */
export function scripted(script: CommandScript, command: string): ScriptedCommand {
  return async (space) => {
    const its = commandSpace(space, command);
    const result = typeof script === 'function' ? await script(its) : script;
    its.print(result?.stdout ?? '');
    for (const [path, text] of Object.entries(result?.files ?? {})) its.write(path, text);
    return result?.exitCode ?? 0;
  };
}

function commandSpace({ files, print, sleep }: ScriptedSpace, command: string): CommandSpace {
  return {
    command,
    paths: () => [...files.keys()].sort(),
    read: (path) => {
      const bytes = files.get(path);
      return bytes && Buffer.from(bytes).toString();
    },
    write: (path, text) => void files.set(path, Buffer.from(text)),
    remove: (path) => void files.delete(path),
    print,
    sleep,
  };
}
