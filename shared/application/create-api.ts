import type { Api } from './api.ts';
import type { App } from './app.ts';
import * as useCases from './use-cases.ts';

type UseCases = { readonly [N in keyof Api]: (app: App) => Api[N] };

/** The use cases, closed over what they need. */
export function createApi(app: App): Api {
  const all: UseCases = useCases;
  return Object.fromEntries(Object.entries(all).map(([name, close]) => [name, close(app)])) as unknown as Api;
}
