import { file } from 'tandem';
import { type WorkspaceStep, workspacePlan } from '../workspace-plan.ts';

/** Takes a planned walk through the workspace; throws when it finds something else than planned. */
export async function walk(count: number, salt: string, padding = 0): Promise<string[]> {
  for (const step of workspacePlan(count, salt, padding).steps) await take(step);
  return (await file.list()).map(({ path, digest }) => `${path} ${digest}`);
}

async function take(step: WorkspaceStep): Promise<void> {
  if (step.do === 'write') await file.write(step.path, step.content);
  if (step.do === 'delete') await file.delete(step.path);
  if (step.do === 'edit') await file.edit(step.path, { oldContent: step.from, newContent: step.to });
  if (step.do === 'read') await expectContent(step.path, step.content);
}

export async function expectContent(path: string, content: string): Promise<void> {
  const found = await file.read(path);
  if (found !== content)
    throw new Error(`${path} holds ${found.slice(0, 100)} instead of ${content.slice(0, 100)}`);
}
