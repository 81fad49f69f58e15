import { objects } from '../blobs/objects.ts';
import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

/** Programs in the function that runs them. */
export const programsPart: Part = async (surroundings, app) => {
  const { settings } = surroundings;
  const called = {
    functionName: needed(settings, 'TANDEM_PROGRAM_FUNCTION'),
    tenancy: settings.TANDEM_SPACE_TENANCY === 'on',
    passing: objects(surroundings, 'passing'),
  };
  const { lambdaPrograms } = await import('./lambda/wiring.ts');
  return { programs: lambdaPrograms(called, app) };
};
