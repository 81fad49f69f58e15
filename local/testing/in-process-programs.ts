import { type RunMessage, Runner, turnLine } from '../../containers/program/runner/runner.ts';
import { type Conversation, WarmChild } from '../../containers/program/warm-child.ts';
import type { Digest } from '../../shared/domain/content.ts';
import type { ProgramHost, ProgramTurn } from '../../shared/ports/program-host.ts';
import type { HostMessage, ProgramMessage } from '../../shared/protocol/program.ts';

const maxRuns = 1_000;

/**
 * Programs in this process: the contexts of the real host without its boundary, which is what tests of one's own code
 * want: quick, and a debugger stops in them.
 */
export class InProcessPrograms implements ProgramHost {
  readonly isolation = 'memory';
  /** Text of the bundle, by the digest of its version. */
  readonly #bundles: ReadonlyMap<Digest, string>;
  readonly #children = new Map<Digest, WarmChild>();
  readonly #runners: Runner[] = [];
  #asked = 0;

  constructor(bundles: ReadonlyMap<Digest, string>) {
    this.#bundles = bundles;
  }

  /** Whether a program is being asked at the moment. */
  get busy(): boolean {
    return this.#asked > 0;
  }

  /** Rejections of its programs are nobody's any more. */
  close(): void {
    for (const runner of this.#runners) runners.delete(runner);
  }

  forTenant(): ReturnType<ProgramHost['forTenant']> {
    return {
      next: async (run, answers): Promise<ProgramTurn> => {
        this.#asked += 1;
        try {
          return await this.#child(run.version).next(run, answers);
        } finally {
          this.#asked -= 1;
        }
      },
      release: (run) => {
        for (const child of this.#children.values()) child.release(run);
      },
    };
  }

  #child(version: Digest): WarmChild {
    const known = this.#children.get(version);
    if (known) return known;
    const runner = new Runner(this.#bundles.get(version) ?? '');
    this.#runners.push(runner);
    const fresh = new WarmChild(inProcess(runner), maxRuns);
    this.#children.set(version, fresh);
    return fresh;
  }
}

/** What a {@link WarmChild} asks, answered here. */
function inProcess(runner: Runner): Conversation {
  watchRejections(runner);
  return {
    async ask(message: HostMessage): Promise<ProgramMessage> {
      const run = runner.execute(message as RunMessage);
      if (!run) throw new Error(`A ${message.type} is not answered`);
      // Whether a rejection was left unhandled is known only after a turn of the event loop.
      if (run.ended) await new Promise((resolve) => setImmediate(resolve));
      return JSON.parse(turnLine((message as { run: string }).run, run.turn())) as ProgramMessage;
    },
    tell: (message) => void runner.execute(message as RunMessage),
    stop: async () => {},
  };
}

const runners = new Set<Runner>();

let listening = false;

/** Rejections that a program leaves unhandled are that run's failure, not this process's. */
function watchRejections(runner: Runner): void {
  if (!listening) {
    listening = true;
    process.on('unhandledRejection', (reason, promise) => {
      const run = runOf(promise);
      if (run) run.rejected(promise, reason);
      // As it would be without this listener.
      else if (process.listenerCount('unhandledRejection') === 1) throw reason;
    });
    process.on('rejectionHandled', (promise) => runOf(promise)?.handled(promise));
  }
  runners.add(runner);
}

function runOf(promise: object): ReturnType<Runner['runOf']> {
  for (const runner of runners) {
    const run = runner.runOf(promise);
    if (run) return run;
  }
  return undefined;
}
