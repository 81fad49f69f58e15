import type { Settings } from './assignment.ts';
import { emptyEnvironment } from './empty-environment.ts';
import { connectElsewhere } from './origins.ts';
import { spaceFunction } from './space-function.ts';

const { TANDEM_ORIGINS: origins }: Settings = process.env;
if (origins) connectElsewhere(JSON.parse(origins) as Record<string, string>);
emptyEnvironment();

/**
 * The Lambda function `space`: runs the command of one operation, in environments of which each serves one space. Its
 * role may do nothing: a ticket is all that it holds (rule 10).
 */
export const handler = spaceFunction;
