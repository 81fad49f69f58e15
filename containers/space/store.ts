import { reportLimits } from '../../shared/protocol/report-limits.ts';
import { CommandFailure } from './failure.ts';
import { type Reply, type Sending, send } from './http.ts';
import { insist } from './insist.ts';

/**
 * One exchange with the store of blobs. A store that is out of reach or overwhelmed is asked again: a command must not
 * fail because the server was replaced beside it. Throws {@link CommandFailure} when that takes too long.
 */
export function askStore(url: string, sending: Sending, stop: AbortSignal): Promise<Reply> {
  const until = performance.now() + reportLimits.unreachableMs;
  return insist(() => exchange(url, sending), { stop, isFinal: () => performance.now() >= until });
}

async function exchange(url: string, sending: Sending): Promise<Reply> {
  const reply = await send(url, sending).catch((error: Error) => {
    throw new CommandFailure(`The store of the workspace is out of reach: ${error.message}`);
  });
  const { status } = reply;
  if (status < 500 && status !== 429) return reply;
  throw new CommandFailure(`The store of the workspace cannot answer: ${status}.`);
}
