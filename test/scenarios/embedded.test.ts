import { describe } from 'node:test';
import { embeddedDeployment } from './embedded.ts';
import { scenarios } from './scenarios.ts';

describe('the embedded twin', { timeout: 300_000 }, () => {
  scenarios(embeddedDeployment);
});
