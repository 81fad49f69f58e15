import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

/** Programs in the function that runs them. */
export const programsPart: Part = async ({ settings }, app) => {
  const functionName = needed(settings, 'TANDEM_PROGRAM_FUNCTION');
  const tenancy = settings.TANDEM_SPACE_TENANCY === 'on';
  const { lambdaPrograms } = await import('./lambda/wiring.ts');
  return { programs: lambdaPrograms({ functionName, tenancy }, app) };
};
