import { describe } from 'node:test';
import { limitSideBySide, prolong } from '../pace.ts';
import { scenarios } from '../scenarios.ts';
import { crashes } from './crashes.scenarios.ts';
import { composeDeployment } from './deployment.ts';
import { Project } from './docker.ts';
import { projectName } from './project-name.ts';

/** The scenarios on the Compose twin that `main.ts` has brought up. */
describe('the Compose twin', { timeout: 1_500_000 }, () => {
  const project = new Project(projectName);
  // Each call of a function that is under way has a container of its own.
  limitSideBySide(2);
  prolong(8);
  scenarios(() => composeDeployment(project), {
    lateRefusal: 'an export lies in the bucket, at an address that is good for its minutes',
  });
  crashes(() => composeDeployment(project));
});
