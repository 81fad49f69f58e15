import { ApiError } from '../../sdk/api-error.ts';
import { TandemClient } from '../../sdk/client.ts';
import { readConnection } from '../discovery/server-file.ts';

/** Longest time to wait for an answer, in milliseconds. */
const timeoutMs = 3_000;

/**
 * The server that runs on a data folder. A request that needs its token is what tells it from another one that has
 * taken over the port of a server that was killed.
 */
export async function findRunningServer(data: string): Promise<TandemClient | undefined> {
  const connection = readConnection(data);
  if (!connection) return undefined;
  const client = new TandemClient(connection, { retries: 0, timeoutMs });
  try {
    await client.listRuns({ limit: 1 });
    return client;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
