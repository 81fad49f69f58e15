import { putAnswer, stackChangeFunction } from './stack-change.ts';
import { readyDatabase } from './wiring.ts';

/** Called by CloudFormation when a stack with a database is made, and when its database is another. */
export const handler = stackChangeFunction({ makeReady: readyDatabase, answer: putAnswer });
