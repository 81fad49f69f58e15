/** One environment of the function: an invocation as JSON on standard input, what it said on standard output. */
import { text } from 'node:stream/consumers';
import { handler } from './function.ts';

const { event, requestId, remainingMs } = JSON.parse(await text(process.stdin)) as {
  event: unknown;
  requestId: string;
  remainingMs: number;
};
const until = Date.now() + remainingMs;
// As Lambda does at a function's timeout.
const timeout = setTimeout(() => process.exit(9), remainingMs);
const said = await handler(event, {
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => until - Date.now(),
});
clearTimeout(timeout);
process.stdout.write(JSON.stringify(said), () => process.exit());
