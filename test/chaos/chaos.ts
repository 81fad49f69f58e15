import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LeanClient } from '../support/lean-client.ts';
import { collect } from './collect.ts';
import { Dice } from './dice.ts';
import type { Evidence, Leftover } from './evidence.ts';
import { type Kill, planKills, untilKill } from './kills.ts';
import { leftovers, leftoversInTheEnd, type Marked, markedProcesses } from './leftovers.ts';
import { Moments } from './moments.ts';
import { PatientClient } from './patient-client.ts';
import { planRuns } from './plan-runs.ts';
import { publishAgents } from './publish.ts';
import { serverLog } from './server-log.ts';
import { Stories } from './stories.ts';
import { Supervisor } from './supervisor.ts';
import { readWitness } from './witness.ts';

export interface ChaosOptions {
  readonly runs: number;
  readonly kills: number;
  readonly seed: number;
  /** A folder of its own; its path marks every process. */
  readonly folder: string;
  /** Where every server listens: a worker of the one before finds the next. */
  readonly port: number;
  /** Told how far it is, now and then. */
  readonly progress: (text: string) => void;
  /** Ends it early. */
  readonly stop: AbortSignal;
}

/** What happened, for checks and report. */
export interface Chaos {
  readonly evidence: Evidence;
  /** Requests whose answer was lost. */
  readonly lost: number;
  /** Warnings in the server's log: how often each was given. */
  readonly warnings: Readonly<Record<string, number>>;
}

/** How long everything may take to come to an end after the last kill, in milliseconds. */
const settleMs = 90_000;

/** Starts runs, kills the server again and again, lets everything end, and gathers what is known of it. */
export async function runChaos(options: ChaosOptions): Promise<Chaos> {
  const chaos = new ChaosRun(options);
  try {
    return await Promise.race([chaos.play(), chaos.crashed, aborted(options.stop)]);
  } finally {
    await chaos.stop();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

class ChaosRun {
  readonly #options: ChaosOptions;
  readonly #witness: string;
  readonly #temporary: string;
  readonly #supervisor: Supervisor<LeanClient>;
  readonly #client: PatientClient;
  readonly #moments = new Moments();
  readonly #stories: Stories;
  readonly #complaints = new Set<string>();
  readonly #leftovers: Promise<Leftover[]>[] = [];
  /** Processes of killed servers. */
  #old: Marked[] = [];

  constructor(options: ChaosOptions) {
    this.#options = options;
    this.#witness = join(options.folder, 'witness.log');
    this.#temporary = join(options.folder, 'tmp');
    mkdirSync(this.#temporary, { recursive: true });
    writeFileSync(this.#witness, '');
    const server = { port: options.port, temporary: this.#temporary };
    this.#supervisor = new Supervisor(join(options.folder, 'data'), server, (up) => new LeanClient(up));
    const complain = (complaint: string): void => void this.#complaints.add(complaint);
    this.#client = new PatientClient({ up: this.#supervisor.up, complain });
    this.#stories = new Stories({ client: this.#client, moments: this.#moments, complain });
  }

  /** Rejects when a server ends by itself. */
  get crashed(): Promise<never> {
    return this.#supervisor.crashed;
  }

  async play(): Promise<Chaos> {
    const { runs, kills, seed } = this.#options;
    const plannedKills = planKills(kills, new Dice(seed, 'kills'));
    const lives = planRuns({ runs, lives: kills + 1, seed, witness: this.#witness });
    const published = publishAgents(this.#client);
    for (const [index, starts] of lives.entries()) {
      this.#stories.begin(starts, published);
      await this.#live(plannedKills[index]);
      this.#tell(`${index + 1} of ${lives.length} lives`);
    }
    await this.#settle();
    return this.#gather();
  }

  /** Ends what still runs, whatever has happened. */
  async stop(): Promise<void> {
    this.#supervisor.giveUp();
    await this.#supervisor.stop();
  }

  /** Starts the server and kills it as planned; without a plan it stays. */
  async #live(kill: Kill | undefined): Promise<void> {
    const starting = this.#supervisor.start();
    if (kill?.phase === 'boot') {
      await pause(kill.leaveMs);
      const { readyAt } = this.#supervisor.life;
      await this.#kill(readyAt === undefined ? 'boot' : 'any');
      await starting;
      return;
    }
    await starting;
    const marks = { mark: this.#options.folder, commandMark: this.#witness };
    this.#leftovers.push(leftovers(this.#old, marks));
    this.#old = [];
    if (!kill) return;
    const phase = await untilKill(kill, { moments: this.#moments, witness: this.#witness });
    await this.#kill(phase, phase === 'stop' ? kill.afterMs + 1 : 0);
  }

  async #kill(phase: Kill['phase'], graceMs = 0): Promise<void> {
    await this.#supervisor.kill(phase, graceMs);
    this.#old.push(...markedProcesses(this.#options.folder));
  }

  /** Waits until every run has ended and every person is content, or for long enough. */
  async #settle(): Promise<void> {
    const late = new AbortController();
    const patience = pause(settleMs, undefined, { signal: late.signal }).catch(() => {});
    const ticking = setInterval(() => this.#tell('settling'), 500);
    await Promise.race([this.#stories.ended(), patience]);
    late.abort();
    clearInterval(ticking);
  }

  async #gather(): Promise<Chaos> {
    this.#tell('gathering');
    for (const request of this.#client.waiting) this.#complaints.add(`Not answered: ${request}`);
    const { started, acts } = this.#stories;
    const { found, lists } = await collect(this.#client, started);
    const status = await this.#supervisor.stop();
    if (status !== 0) this.#complaints.add(`The last server ended with status ${status}`);
    const old = await Promise.all(this.#leftovers);
    const left = [...old.flat(), ...(await leftoversInTheEnd(this.#options.folder))];
    const { errors, warnings } = serverLog(this.#supervisor.log);
    return {
      evidence: {
        lives: this.#supervisor.lives,
        started,
        acts,
        found,
        lists,
        witness: readWitness(this.#witness),
        leftovers: left,
        litter: readdirSync(this.#temporary),
        complaints: [...this.#complaints, ...errors],
      },
      lost: this.#client.lost,
      warnings,
    };
  }

  #tell(where: string): void {
    const { begun, done, started } = this.#stories;
    this.#options.progress(`${where}: ${begun} runs begun, ${started.length} acknowledged, ${done} ended`);
  }
}
