import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and PostgreSQL: counts, and cuts. */
export interface Relay {
  readonly port: number;
  /** How often the server has said that it waits for the next question: once for each round trip. */
  readonly roundTrips: number;
  /** Lets the next question through that has this in it, and cuts the connection before its answer. */
  loseAnswerTo(text: string): void;
}

/** Whoever says when it is over: a test's context is one. */
interface Holder {
  after(work: () => void): void;
}

/** `ReadyForQuery`: the type of the message, its length, and the state of the transaction. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5]);

export async function startRelay(context: Holder, target: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let roundTrips = 0;
  let cut: string | undefined;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let silent = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (bytes) => {
      if (cut !== undefined && bytes.includes(cut)) {
        cut = undefined;
        silent = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      for (let at = bytes.indexOf(ready); at >= 0; at = bytes.indexOf(ready, at + 1)) {
        roundTrips += 1;
        // It is done now, and nobody is told.
        if (silent) client.destroy();
      }
      if (!silent) client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    get roundTrips() {
      return roundTrips;
    },
    loseAnswerTo(text) {
      cut = text;
    },
  };
}
