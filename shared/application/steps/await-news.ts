import { hasWork } from '../../domain/decide.ts';
import { settle } from '../../domain/settle.ts';
import { type App, isoNow } from '../app.ts';
import type { TokenStep } from '../step.ts';

/**
 * Parks an execution until there is news: stores its token, then reads the log again and answers itself if the matter
 * is settled already (rule 9). The answer carries nothing: the next Advance reads the log.
 */
export async function awaitNews(app: App, step: TokenStep): Promise<void> {
  const { tenant, run, generation, token } = step;
  await app.tokens.forTenant(tenant).put({ run, generation, token });
  const state = await app.runs.load(tenant, run);
  const isSettled =
    state.generation !== generation || hasWork(state) || settle(state, isoNow(app)).length > 0;
  if (isSettled) await app.engine.succeed(token);
}
