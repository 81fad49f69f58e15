import type { Change } from './entry.ts';
import type { Members } from './payloads.ts';

/**
 * What a timeline knows about the files of a run: enough to tell a file that was made from one that was changed. A run
 * that starts with files does not name them in its log, so a path counts as made only once all of them are known.
 */
export class Workspace {
  readonly #paths = new Set<string>();
  /** Whether every path is known. */
  #complete: boolean;

  constructor(startsEmpty: boolean) {
    this.#complete = startsEmpty;
  }

  /** What an operation that succeeded has changed. */
  after(kind: string, args: Members, result: Members): readonly Change[] {
    switch (kind) {
      case 'file.list':
        return this.#list(args, result);
      case 'file.read':
        return this.#know(result['path'] ?? args['path']);
      case 'file.write':
      case 'file.edit':
        return [result['path'] ?? args['path']].filter(isPath).map((path) => this.#change(path));
      case 'file.delete':
        return [result['path'] ?? args['path']].filter(isPath).map((path) => this.#remove(path));
      case 'command.run':
        return pathsOf(result['changed']).map((path) => this.#change(path));
      default:
        return [];
    }
  }

  #list(args: Members, result: Members): readonly Change[] {
    const files = Array.isArray(result['files']) ? (result['files'] as Members[]) : [];
    for (const { path } of files) this.#know(path);
    if (['', '.', './', undefined].includes(args['path'] as string | undefined)) this.#complete = true;
    return [];
  }

  #know(path: unknown): readonly Change[] {
    if (isPath(path)) this.#paths.add(path);
    return [];
  }

  #change(path: string): Change {
    const made = this.#complete && !this.#paths.has(path);
    this.#paths.add(path);
    return { sign: made ? '+' : '~', path };
  }

  #remove(path: string): Change {
    this.#paths.delete(path);
    return { sign: '-', path };
  }
}

const isPath = (value: unknown): value is string => typeof value === 'string';

const pathsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isPath) : []);
