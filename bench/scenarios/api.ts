import { accepting } from '../api/accepting.ts';
import { lists } from '../api/lists.ts';
import { middleware } from '../api/middleware.ts';
import { longPolls } from '../api/polls.ts';
import { tokens } from '../api/tokens.ts';
import { watching } from '../api/watching.ts';
import type { Scenario } from '../bench.ts';
import type { Figure } from '../figure.ts';

export const api: Scenario = {
  name: 'api',
  about: 'Tokens, lists, long polls and what the middlewares take',
  async measure() {
    const figures: Figure[] = [];
    for (const part of [tokens, middleware, accepting, lists, longPolls, watching])
      figures.push(...(await part()));
    return figures;
  },
};
