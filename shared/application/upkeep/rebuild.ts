import { project } from '../../domain/project.ts';
import type { ProjectionChange } from '../../domain/projections.ts';
import type { App } from '../app.ts';
import { eachEvent } from '../runs/each-event.ts';

/** Empties every projection and fills it again from the logs (rule 3); nobody may append meanwhile. Answers how many runs. */
export async function rebuild(app: App): Promise<number> {
  let runs = 0;
  async function* allChanges(): AsyncGenerator<ProjectionChange> {
    for await (const { tenant, run } of app.log.allRuns()) {
      runs += 1;
      yield* changesOf(app, tenant, run);
    }
  }
  await app.projections.replaceAll(allChanges());
  return runs;
}

async function* changesOf(app: App, tenant: string, run: string): AsyncGenerator<ProjectionChange> {
  for await (const { before, event, after } of eachEvent(app.log, tenant, run)) {
    yield* project(before, after, [event]);
  }
}
