import { type ServerOptions, ServerProcess } from '../support/server-process.ts';
import type { Life, Phase } from './evidence.ts';

type WritableLife = { -readonly [K in keyof Life]: Life[K] };

/** What speaks to one server. */
interface Closable {
  close(): void;
}

/** Starts the server on one data folder, kills it when told, and knows which one is up. */
export class Supervisor<Client extends Closable> {
  readonly lives: Life[] = [];
  #life: WritableLife = { execAt: 0 };
  readonly #server: ServerProcess;
  readonly #connect: (server: ServerProcess) => Client;
  #client = Promise.withResolvers<Client>();
  #current: Client | undefined;
  #stopping = false;
  readonly #crash = Promise.withResolvers<never>();

  /** `connect`: makes a client of a server that has come up. */
  constructor(data: string, options: ServerOptions, connect: (server: ServerProcess) => Client) {
    this.#connect = connect;
    this.#server = new ServerProcess(data, options);
    this.#client.promise.catch(() => {});
    this.#crash.promise.catch(() => {});
  }

  /** Rejects when a server ends by itself. */
  get crashed(): Promise<never> {
    return this.#crash.promise;
  }

  /** The latest. */
  get life(): Life {
    return this.#life;
  }

  get log(): string {
    return this.#server.log;
  }

  /** The client of the server that is up, or of the next. */
  readonly up = (): Promise<Client> => this.#client.promise;

  /**
   * Starts a server and resolves with its life once it listens. One that is killed before that resolves with `readyAt`
   * undefined; one that ends by itself throws.
   */
  async start(): Promise<Life> {
    const life: WritableLife = { execAt: Date.now() };
    this.#life = life;
    this.lives.push(life);
    try {
      await this.#server.start();
    } catch (error) {
      if (life.killedAt !== undefined) return life;
      throw error;
    }
    if (life.killedAt !== undefined) return life;
    life.readyAt = Date.now();
    void this.#server.ended().then(() => {
      if (life.killedAt !== undefined || this.#stopping) return;
      this.#crash.reject(new Error(`A server ended by itself; see ${this.log}`));
    });
    this.#current = this.#connect(this.#server);
    this.#client.resolve(this.#current);
    return life;
  }

  /** Kills it: without warning, or while it stops in good order, `graceMs` after it was asked to. */
  async kill(phase: Phase, graceMs = 0): Promise<void> {
    this.#life.killedAt = Date.now();
    this.#life.phase = phase;
    this.#renew();
    await this.#server.kill(graceMs);
  }

  /** Stops it as `tandem up` is stopped; its exit status. */
  async stop(): Promise<number | null> {
    this.#stopping = true;
    this.#renew();
    return this.#server.stop();
  }

  /** Nobody needs to wait for a server any longer. */
  giveUp(): void {
    this.#renew();
    this.#client.reject(new Error('Given up'));
  }

  /** Whoever waits already, waits on: nothing has come up since. */
  #renew(): void {
    if (!this.#current) return;
    this.#current.close();
    this.#current = undefined;
    this.#client = Promise.withResolvers<Client>();
    this.#client.promise.catch(() => {});
  }
}
