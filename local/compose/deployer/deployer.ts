import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readDeployment, writeDeployment } from '../deployment.ts';
import { insist } from './insist.ts';
import { tell } from './tell.ts';
import type { Presence } from './twin-stack.ts';

/** How often LocalStack is looked at, in milliseconds. */
const lookEveryMs = 1_000;

/** What is deployed, as the deployer sees it. */
export interface Deployable {
  /** Changes when something else is to be deployed. */
  readonly digest: string;
  presence(): Promise<Presence>;
  deploy(stop: AbortSignal): Promise<void>;
  /** Address of its REST API on the network of the twin. */
  api(): Promise<string>;
}

export interface DeployerOptions {
  readonly stack: Deployable;
  /** Where the gateway reads what is deployed. */
  readonly file: string;
  /** Makes what outlives LocalStack, where it is missing. */
  makeDurable(): Promise<void>;
  /** Removes what a LocalStack that is gone has left behind; resolves with how many containers that were. */
  tidyUp(): Promise<number>;
  /** Has every run looked at: their executions are lost. */
  reconcile(): Promise<void>;
  /** Is told whenever the stack comes or goes. */
  told(isDeployed: boolean): void;
}

/** Keeps the stack deployed, for as long as it runs. */
export class Deployer {
  readonly #options: DeployerOptions;
  #deployed = false;
  /** Whether runs have been looked at since the stack came. */
  #reconciled = false;

  constructor(options: DeployerOptions) {
    this.#options = options;
  }

  /** Runs until it is stopped, which it throws. */
  async run(stop: AbortSignal): Promise<never> {
    const made = insist({ what: 'making tables and bucket', longestMs: 1_000, stop }, () =>
      this.#options.makeDurable(),
    );
    return (await Promise.all([this.#watch(made, stop), made]))[0];
  }

  /** The last thing: where LocalStack has ended before, nothing of it stays and holds the network. */
  async close(): Promise<void> {
    const { stack, tidyUp } = this.#options;
    if ((await stack.presence()) === 'away') await tidyUp();
  }

  async #watch(made: Promise<void>, stop: AbortSignal): Promise<never> {
    for (;;) {
      await insist({ what: 'deploying', longestMs: 5_000, stop }, () => this.#look(made, stop));
      await pause(lookEveryMs, undefined, { signal: stop });
    }
  }

  /** Deploys what is missing. Only who calls needs the tables: they are waited for before anybody is told where. */
  async #look(made: Promise<void>, stop: AbortSignal): Promise<void> {
    const { stack, file, reconcile } = this.#options;
    const presence = await stack.presence();
    if (presence !== 'there') await this.#lose(presence);
    if (presence === 'away') return;
    if (presence === 'gone' || readDeployment(file)?.digest !== stack.digest) await this.#deploy(made, stop);
    if (!this.#reconciled) await reconcile();
    this.#reconciled = true;
    this.#tell(true);
  }

  /** Nothing is there that could answer, and what functions were doing nobody waits for. */
  async #lose(presence: Presence): Promise<void> {
    const { file, tidyUp } = this.#options;
    if (this.#deployed)
      tell(presence === 'away' ? 'LocalStack does not answer' : 'LocalStack has lost the stack');
    this.#tell(false);
    this.#reconciled = false;
    rmSync(file, { force: true });
    const removed = await tidyUp();
    if (removed > 0) tell(`removed ${removed} containers of functions that had lost their LocalStack`);
  }

  #tell(isDeployed: boolean): void {
    if (isDeployed !== this.#deployed) this.#options.told(isDeployed);
    this.#deployed = isDeployed;
  }

  async #deploy(made: Promise<void>, stop: AbortSignal): Promise<void> {
    const { stack, file } = this.#options;
    const began = performance.now();
    await stack.deploy(stop);
    await made;
    await writeDeployment(file, { api: await stack.api(), digest: stack.digest });
    const seconds = Math.round((performance.now() - began) / 1_000);
    tell(`deployed in ${seconds} s: Tandem answers at http://localhost:4400`);
  }
}
