/** What a path leads to. */
export type Match<T> =
  | { readonly kind: 'found'; readonly target: T; readonly params: Readonly<Record<string, string>> | null }
  | { readonly kind: 'method'; readonly allow: readonly string[] }
  | { readonly kind: 'path' };

interface Entry<T> {
  readonly target: T;
  /** Names of the parameters, in the order of the path. */
  readonly names: readonly string[];
}

interface Branch<T> {
  readonly fixed: Map<string, Branch<T>>;
  parameter?: Branch<T>;
  /** Takes what is left of the path. */
  rest?: Branch<T>;
  readonly byMethod: Map<string, Entry<T>>;
}

const branch = <T>(): Branch<T> => ({ fixed: new Map(), byMethod: new Map() });

const nowhere = { kind: 'path' } as const;

/**
 * Finds routes by method and path. A fixed segment wins over a parameter, and a parameter over one that takes the rest of
 * the path; parameters are never empty.
 */
export class RouteTree<T> {
  readonly #root = branch<T>();

  /** `template` as in `/v1/runs/{run}`; a last `{name+}` takes the rest of the path. */
  add(method: string, template: string, target: T): void {
    const names: string[] = [];
    let at = this.#root;
    for (const segment of template.slice(1).split('/')) {
      if (segment.endsWith('+}')) {
        names.push(segment.slice(1, -2));
        at = at.rest ??= branch<T>();
      } else if (segment.startsWith('{')) {
        names.push(segment.slice(1, -1));
        at = at.parameter ??= branch<T>();
      } else {
        const next = at.fixed.get(segment) ?? branch<T>();
        at.fixed.set(segment, next);
        at = next;
      }
    }
    at.byMethod.set(method, { target, names });
    if (method === 'GET') at.byMethod.set('HEAD', { target, names });
  }

  /** `path` starts with `/` and has no query; parameters are given as they stand in it, still percent-encoded. */
  find(method: string, path: string): Match<T> {
    const values: string[] = [];
    let at = this.#root;
    for (let start = 1; start <= path.length; ) {
      const slash = path.indexOf('/', start);
      const end = slash === -1 ? path.length : slash;
      const segment = path.slice(start, end);
      const fixed = at.fixed.get(segment);
      if (fixed !== undefined) at = fixed;
      else if (at.parameter !== undefined && segment !== '') {
        values.push(segment);
        at = at.parameter;
      } else if (at.rest !== undefined && segment !== '') {
        values.push(path.slice(start));
        return taken(method, at.rest, values);
      } else return nowhere;
      start = end + 1;
    }
    return path.endsWith('/') ? nowhere : taken(method, at, values);
  }
}

/** What a method leads to at the end of a path. */
function taken<T>(method: string, at: Branch<T>, values: readonly string[]): Match<T> {
  if (at.byMethod.size === 0) return nowhere;
  const entry = at.byMethod.get(method);
  if (entry === undefined) return { kind: 'method', allow: [...at.byMethod.keys()] };
  return { kind: 'found', target: entry.target, params: named(entry.names, values) };
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> | null {
  if (names.length === 0) return null;
  const params: Record<string, string> = {};
  for (let index = 0; index < names.length; index++) params[names[index] ?? ''] = values[index] ?? '';
  return params;
}
