/** One thing to do in a workspace, and what must be found there. */
export type WorkspaceStep =
  | { readonly do: 'write'; readonly path: string; readonly content: string }
  | { readonly do: 'read'; readonly path: string; readonly content: string }
  | { readonly do: 'edit'; readonly path: string; readonly from: string; readonly to: string }
  | { readonly do: 'delete'; readonly path: string };

export interface WorkspacePlan {
  readonly steps: readonly WorkspaceStep[];
  /** What the workspace holds in the end: content by path. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * `padding` characters make the files as long as that. A walk through a few files that is known in advance, in the program that takes it and outside: what was read shows
 * whether every step before was done once, in order. No randomness of its own; the same in any JavaScript.
 */
export function workspacePlan(count: number, salt: string, padding = 0): WorkspacePlan {
  const files = new Map<string, string>();
  const steps: WorkspaceStep[] = [];
  for (let index = 0; index < count; index += 1) {
    const step = nextStep(files, index, { salt, padding });
    steps.push(step);
    if (step.do === 'write') files.set(step.path, step.content);
    if (step.do === 'edit') files.set(step.path, (files.get(step.path) ?? '').replace(step.from, step.to));
    if (step.do === 'delete') files.delete(step.path);
  }
  return { steps, files };
}

function nextStep(
  files: ReadonlyMap<string, string>,
  index: number,
  { salt, padding }: { salt: string; padding: number },
): WorkspaceStep {
  const path = `part-${index % 3}/${index % 7}.txt`;
  const content = files.get(path);
  if (content === undefined || index % 5 < 2)
    return { do: 'write', path, content: `${salt} ${index} =${'.'.repeat(padding)}` };
  if (index % 5 === 2) return { do: 'read', path, content };
  if (index % 5 === 3) return { do: 'edit', path, from: ' =', to: ` ${index} =` };
  return { do: 'delete', path };
}
