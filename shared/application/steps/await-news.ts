import type { App } from '../app.ts';
import { forgetToken, hasNews } from '../executions/wake.ts';
import type { TokenStep } from '../step.ts';

/**
 * Parks an execution until there is news: stores its token, then reads the log again and answers itself if there is
 * some already (rule 9). The answer carries nothing: the next Advance reads the log.
 */
export async function awaitNews(app: App, step: TokenStep): Promise<void> {
  const { tenant, run, generation, loop, token, told } = step;
  await app.tokens.forTenant(tenant).put({ run, generation, loop, token, told });
  const state = await app.runs.load(tenant, run);
  if (state.generation !== generation || hasNews(app, state, step)) await app.engine.succeed(token);
  if (state.end) await forgetToken(app, state);
}
