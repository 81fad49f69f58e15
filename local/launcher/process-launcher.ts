import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from '../../shared/domain/events.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Launch, LaunchedFor, TaskLauncher } from '../../shared/ports/task-launcher.ts';
import { endWorker, isAlive, type ProcessIdentity } from '../../shared/processes/end-worker.ts';
import { removeFolder } from '../../shared/processes/remove-folder.ts';
import { Slots } from '../slots.ts';
import { Spare } from './spare.ts';
import type { WorkerProcess } from './worker-process.ts';
import { type WorkerRecord, WorkerRecords } from './worker-records.ts';

export interface ProcessLauncherOptions {
  /** Where it is remembered which workers run: a folder of its own that survives this process. */
  readonly records: string;
  /** A folder for Node's compile cache. */
  readonly compileCache: string;
  /** The address of `POST /v1/report`, in full; asked at each launch. */
  readonly report: () => string;
  /** The certificate (PEM) that is shown there, where workers would not trust it otherwise; asked at each launch. */
  readonly certificate?: () => string | undefined;
  /** Workers at once; further launches wait. Default: four for each processor. */
  readonly workers?: number;
  /** Told of a worker that ended without an outcome, and what it said last: somebody should look at the run. */
  readonly died?: (launch: Launch, said: string) => void;
}

/** Runs commands in processes of this machine: each worker, and each command, in a process group of its own. */
export class ProcessLauncher implements TaskLauncher {
  readonly isolation = 'process';
  readonly kinds = ['process'] as const;
  readonly #options: ProcessLauncherOptions;
  readonly #records: WorkerRecords;
  readonly #spare: Spare;
  readonly #slots: Slots;
  /** How many workers of an operation are wanted or running here. */
  readonly #launched = new Map<string, number>();
  /** What waits for a place: the latest launch of each operation. */
  readonly #queued = new Map<string, Launch>();
  /** Workers that were stopped on purpose, by process id, until their end is noticed. */
  readonly #stopped = new Set<number>();
  readonly #ending = new Map<number, Promise<void>>();
  #closed = false;

  constructor(options: ProcessLauncherOptions) {
    this.#options = options;
    this.#records = new WorkerRecords(options.records);
    this.#spare = new Spare(options.compileCache);
    this.#slots = new Slots(options.workers ?? availableParallelism() * 4);
  }

  /** One that still waits for a place is not queued again: it goes with the newer ticket. */
  async launch(launch: Launch): Promise<void> {
    const operation = operationOf(launch);
    const isQueued = this.#queued.has(operation);
    this.#queued.set(operation, launch);
    if (isQueued) return;
    this.#count(operation, 1);
    await this.#slots.take();
    const latest = this.#queued.get(operation) ?? launch;
    this.#queued.delete(operation);
    await this.#start(operation, latest);
  }

  /** In a place that was taken; gives it back at the end of the worker. */
  async #start(operation: string, launch: Launch): Promise<void> {
    try {
      const worker = await this.#worker();
      const folder = folderName();
      const record = { pid: worker.pid, started: worker.started, operation, folder };
      // Recorded before anything is there, so that whatever is cut off from here on is found and removed.
      this.#records.add(record);
      mkdirSync(folder, { mode: 0o700 });
      worker.assign({
        TANDEM_REPORT: this.#options.report(),
        ...certified(this.#options.certificate?.()),
        TANDEM_TICKET: launch.ticket,
        TANDEM_OPERATION: operation,
        TANDEM_WORKER: JSON.stringify(workerOf(worker)),
        TANDEM_FOLDER: folder,
      });
      // Only `died` can make it reject; whoever is told must not bring the server down.
      this.#attend(worker, record, launch).catch(() => {});
    } catch (error) {
      this.#over(operation);
      throw error;
    }
  }

  async stop(worker: Worker): Promise<void> {
    const identity = identityOf(worker);
    const record = this.#records.get(identity.pid);
    if (record?.started !== identity.started) return endWorker(identity);
    this.#stopped.add(identity.pid);
    await this.#end(record);
  }

  async alive(worker: Worker): Promise<boolean> {
    return isAlive(identityOf(worker));
  }

  async launched(which: LaunchedFor): Promise<boolean> {
    return this.#launched.has(operationOf(which));
  }

  /** Kills everything that an earlier process has left running; to be called before anything is launched. */
  async killLeftovers(): Promise<number> {
    const records = this.#records.all();
    await Promise.all(records.map((record) => this.#end(record)));
    return records.length;
  }

  /** Kills every worker. What they had claimed ends as interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#spare.close(), this.killLeftovers()]);
  }

  async #worker(): Promise<WorkerProcess> {
    if (this.#closed) throw new TandemError('server.stopping');
    const worker = await this.#spare.take();
    if (!this.#closed) return worker;
    // Closed meanwhile: nobody would end this one.
    worker.dismiss();
    throw new TandemError('server.stopping');
  }

  async #attend(worker: WorkerProcess, record: WorkerRecord, launch: Launch): Promise<void> {
    const { code, said } = await worker.ended;
    const trouble = await this.#cleanUp(code, record);
    this.#over(record.operation);
    const isIntended = this.#stopped.delete(record.pid) || this.#closed;
    if (code !== 0 && !isIntended) this.#options.died?.(launch, said + trouble);
  }

  /** Nobody waits for this one: what goes wrong is only told. The record is left, for the next start to try again. */
  async #cleanUp(code: number | null, record: WorkerRecord): Promise<string> {
    try {
      if (code === 0) this.#records.remove(record.pid);
      else await this.#end(record);
      return '';
    } catch (error) {
      return `\nWhat it left behind could not be removed: ${(error as Error).message}`;
    }
  }

  /** Makes sure that nothing of a worker is left; whoever asks meanwhile waits for the same end. */
  #end(record: WorkerRecord): Promise<void> {
    const known = this.#ending.get(record.pid);
    if (known) return known;
    const ending = this.#endNow(record).finally(() => this.#ending.delete(record.pid));
    this.#ending.set(record.pid, ending);
    return ending;
  }

  async #endNow(record: WorkerRecord): Promise<void> {
    await endWorker(record, record.folder);
    // What cannot be removed is litter, not danger.
    await removeFolder(record.folder).catch(() => {});
    this.#records.remove(record.pid);
  }

  #over(operation: string): void {
    this.#count(operation, -1);
    this.#slots.release();
  }

  #count(operation: string, change: 1 | -1): void {
    const count = (this.#launched.get(operation) ?? 0) + change;
    if (count > 0) this.#launched.set(operation, count);
    else this.#launched.delete(operation);
  }
}

const certified = (certificate: string | undefined) =>
  certificate === undefined ? {} : { TANDEM_CERTIFICATE: certificate };

function operationOf({ run, operation }: Pick<Launch, 'run' | 'operation'>): string {
  return `${run}-${operation}`;
}

function workerOf({ pid, started }: ProcessIdentity): Worker {
  return { kind: 'process', id: String(pid), started };
}

function identityOf({ kind, id, started }: Worker): ProcessIdentity {
  if (kind !== 'process' || started === undefined) {
    throw new TandemError('internal', {
      message: `The worker ${kind} ${id} is not a process of this machine.`,
    });
  }
  return { pid: Number(id), started };
}

/** A new name in the folder of temporary files, without links. */
function folderName(): string {
  return join(realpathSync(tmpdir()), `tandem-${randomUUID()}`);
}
