import { putAnswer, stackChangeFunction } from './stack-change.ts';

/** What it takes is loaded when it is asked for: a stack that goes takes none of it. */
const makeReady = async () => (await import('./wiring.ts')).readyDatabase();

/** Called by CloudFormation when a stack with a database is made, and when its database is another. */
export const handler = stackChangeFunction({ makeReady, answer: putAnswer });
