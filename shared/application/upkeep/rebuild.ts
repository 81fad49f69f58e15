import { project } from '../../domain/project.ts';
import type { ProjectionChange } from '../../domain/projections.ts';
import { readEvent } from '../../domain/read-event.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';

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
  const log = app.log.forTenant(tenant);
  let state: RunState | undefined;
  for (let more = true; more; ) {
    const page = await log.read(run, state?.seq ?? 0);
    for (const written of page.events) {
      const { event, state: next } = readEvent(state, written);
      yield* project(state, next, [event]);
      state = next;
    }
    more = page.more;
  }
}
