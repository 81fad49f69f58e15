import { TandemError } from '../../errors/tandem-error.ts';
import type { Connection } from '../../ports/connections.ts';
import { assertServed } from '../tenants/serve.ts';
import { textOf } from './frames.ts';
import type { Live } from './live.ts';
import { NewsFrames } from './news-frames.ts';
import { tell } from './tell.ts';

/** Who is at the other end; throws `connection.unknown` when nobody can tell any more. */
export async function whoIsConnected(
  { connections }: Pick<Live, 'connections'>,
  id: string,
): Promise<Connection> {
  const connection = await connections.find(id);
  if (connection) return connection;
  throw new TandemError('connection.unknown');
}

/**
 * Subscribes a connection to a run of its tenant, and sends it the events after `after`. The subscription stands before
 * the log is read, so that nothing between the two is missed. Again: starts once more from there. Throws what a request
 * for the events would be refused with, and `limit.exceeded`.
 */
export async function subscribe(
  live: Live,
  connection: Connection,
  { run, after }: { readonly run: string; readonly after: number },
): Promise<void> {
  const { tenant, id } = connection;
  await assertServed(live, connection);
  await live.runs.mustExist(tenant, run);
  const subscription = { connection: id, tenant, run, sent: after };
  await live.connections.subscribe(subscription);
  if ((await live.sender.send(id, textOf({ type: 'subscribed', run, after }))) === 'gone') {
    return live.connections.close(id);
  }
  await tell(live, subscription, new NewsFrames(live, { tenant, run }));
  await live.lookAgain?.(tenant, run, Number.MAX_SAFE_INTEGER);
}

/** Ends a subscription; one that there is not is no error. */
export async function unsubscribe(live: Live, { id, tenant }: Connection, run: string): Promise<void> {
  await live.connections.unsubscribe({ connection: id, tenant, run });
  await live.sender.send(id, textOf({ type: 'unsubscribed', run }));
}
