import type { Clock } from '../../../shared/ports/clock.ts';
import { states } from '../errors/names.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { Ending, ExecutionFacts } from '../executions/execution.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Journal } from '../journal/journal.ts';
import type {
  ExpressChildRow,
  MapRunLimits,
  MapRunOutcome,
  MapRunRow,
  MapRunStatus,
} from '../journal/map-runs.ts';
import type { Call, MapRunTarget } from '../tasks/call.ts';
import type { CallContext, Performer } from '../tasks/performer.ts';
import { type Children, type ChildrenEnd, MapRun } from './map-run.ts';
import { ObjectFailure, type Objects } from './objects.ts';
import type { MapRunOrder } from './order.ts';
import { prepareInputs, settling } from './prepare.ts';
import { type ReadResults, resultList } from './results.ts';
import { writeResults } from './write-results.ts';

export interface MapRunsOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly objects: Objects;
  readonly children: Children;
  readonly read: ReadResults;
  /** Keeps virtual time from moving until what it returns is called. */
  readonly hold: () => () => void;
}

/** Inputs (blocks of them) that are written without waiting for the disk. */
const blocksAtOnce = 16;

/** Milliseconds after which a commit that failed is asked for again. */
const commitRetryMs = 1_000;

/** Carries map runs: reads items, has children started, and tells the states that wait what came of all. */
export class MapRuns implements Performer {
  readonly #options: MapRunsOptions;
  readonly #runs = new Map<number, MapRun>();
  #last: number;
  #closed = false;

  constructor(options: MapRunsOptions) {
    this.#options = options;
    this.#last = options.journal.mapRuns.last();
  }

  /** Takes up what was running when the process ended; before any of its children moves. */
  recover(): void {
    for (const row of this.#options.journal.mapRuns.running()) this.#take(row).recover();
  }

  /** Ends those that nobody waits for any more: their executions ended, and then the process did. */
  async abandon(isAwaited: (row: MapRunRow) => boolean): Promise<void> {
    const left = [...this.#runs.values()].filter(({ row }) => !isAwaited(row));
    await Promise.all(
      left.map(async (run) => {
        run.abort();
        await run.run();
        this.#close(run, 'ABORTED', null);
      }),
    );
  }

  /** Starts nothing more, and writes nothing. */
  close(): void {
    this.#closed = true;
    for (const run of this.#runs.values()) run.close();
  }

  /** A child execution has ended, durably. */
  ended({ child }: ExecutionFacts, ending: Ending): void {
    if (child !== undefined && !this.#closed) this.#runs.get(child.mapRun)?.ended(ending, child.items);
  }

  /** An Express child has ended: that counts once it is durable, as there is no more of the child than this. */
  async keep(child: ExpressChildRow): Promise<void> {
    const { journal, clock } = this.#options;
    if (this.#closed) return;
    journal.mapRuns.addChild(child);
    for (let durable = false; !durable && !this.#closed; ) {
      durable = await journal.settled('wait').then(
        () => true,
        () => false,
      );
      if (!durable) await new Promise<void>((resolve) => clock.at(clock.now() + commitRetryMs, resolve));
    }
    if (!this.#closed) this.#runs.get(child.run)?.ended(child.status, child.items);
  }

  /** Other limits for one that runs. */
  limit(row: MapRunRow, limits: MapRunLimits): void {
    this.#options.journal.mapRuns.change(row.id, { limits });
    this.#runs.get(row.id)?.limit(limits);
  }

  repeatable({ target }: Call): boolean | undefined {
    return target.kind === 'map-run' ? true : undefined;
  }

  async perform({ target, state, scheduled }: Call, context: CallContext): Promise<void> {
    if (target.kind !== 'map-run') return;
    const told = await this.#carry(target, { state, scheduled }, context);
    if (told !== undefined && !this.#closed) context.tell(told);
  }

  async #carry(
    target: MapRunTarget,
    { state, scheduled }: { state: string; scheduled: number },
    { facts, signal }: CallContext,
  ): Promise<ThreadStimulus | undefined> {
    const known = this.#options.journal.mapRuns.find(target.uuid);
    if (known !== undefined && known.endedAt !== null) return this.#tell(known, state, target);
    let run = known && this.#runs.get(known.id);
    try {
      if (run === undefined || run.row.children === null) {
        const order = await settling((settled) => target.order(settled));
        run ??= this.#begin(target, order, {
          execution: facts.id,
          scheduled,
          name: facts.name,
          machine: facts.machineName,
        });
        await this.#prepare(run, order);
      }
    } catch (error) {
      return this.#failed(run, error);
    }
    const stop = (): void => {
      // Otherwise the process ends, and the next one goes on with it.
      if (!this.#closed) run.abort();
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const end = await run.run();
    signal.removeEventListener('abort', stop);
    return this.#finish(run, end, { state, target });
  }

  #begin(
    { uuid, label }: MapRunTarget,
    { limits, plan }: MapRunOrder,
    by: Pick<MapRunRow, 'execution' | 'scheduled' | 'name' | 'machine'>,
  ): MapRun {
    const { journal, clock } = this.#options;
    this.#last += 1;
    const startedAt = clock.now();
    const open = { endedAt: null, status: 'RUNNING', children: null, items: null, outcome: null } as const;
    const row: MapRunRow = { id: this.#last, uuid, label, ...by, startedAt, ...open, plan, limits };
    journal.mapRuns.add(row);
    return this.#take(row);
  }

  #take(row: MapRunRow): MapRun {
    const { journal, children } = this.#options;
    const run = new MapRun(row, { journal: journal.mapRuns, children });
    this.#runs.set(row.id, run);
    return run;
  }

  /** Writes down what all children are given. */
  async #prepare(run: MapRun, order: MapRunOrder): Promise<void> {
    const { journal, objects, hold } = this.#options;
    const { id } = run.row;
    const release = hold();
    try {
      journal.mapRuns.dropInputs(id);
      let [children, items, blocks] = [0, 0, 0];
      for await (const block of prepareInputs(order, objects)) {
        if (this.#closed) return;
        journal.mapRuns.addInputs(id, block);
        children += block.inputs.length;
        for (const input of block.inputs) items += input.items;
        blocks += 1;
        if (blocks % blocksAtOnce === 0) await journal.settled();
      }
      if (this.#closed) return;
      journal.mapRuns.change(id, { children, items });
      await journal.settled();
      run.row = { ...run.row, children, items };
    } finally {
      release();
    }
  }

  #failed(run: MapRun | undefined, error: unknown): ThreadStimulus | undefined {
    if (this.#closed) return undefined;
    const { error: name = states.runtime, explanation = String(error) } =
      error instanceof StateFailure ? error : {};
    const failure = { kind: 'failed', error: name, cause: explanation } as const;
    if (run !== undefined) this.#close(run, 'FAILED', failure);
    return { kind: 'threw', error: name, cause: explanation };
  }

  async #finish(
    run: MapRun,
    end: ChildrenEnd,
    by: { state: string; target: MapRunTarget },
  ): Promise<ThreadStimulus | undefined> {
    if (this.#closed) return undefined;
    if (end === 'aborted') {
      this.#close(run, 'ABORTED', null);
      return undefined;
    }
    const outcome = await this.#outcome(run.row, end, by.target.arn);
    if (this.#closed) return undefined;
    this.#close(run, outcome.kind === 'failed' ? 'FAILED' : 'SUCCEEDED', outcome);
    return this.#tell({ ...run.row, outcome }, by.state, by.target);
  }

  async #outcome(run: MapRunRow, end: ChildrenEnd, arn: string): Promise<MapRunOutcome> {
    const { objects, read, hold } = this.#options;
    const release = hold();
    try {
      const manifest =
        run.plan.destination === undefined ? undefined : await writeResults({ run, arn, objects, read });
      return end === 'exceeded' ? exceeded : { kind: 'succeeded', manifest };
    } catch (error) {
      if (end === 'exceeded') return exceeded;
      const cause = error instanceof ObjectFailure ? error.message : String(error);
      return { kind: 'failed', error: states.resultWriterFailed, cause };
    } finally {
      release();
    }
  }

  #close(run: MapRun, status: MapRunStatus, outcome: MapRunOutcome | null): void {
    const { journal, clock } = this.#options;
    const { id } = run.row;
    this.#runs.delete(id);
    if (this.#closed) return;
    journal.mapRuns.change(id, { endedAt: clock.now(), status, outcome });
    // What has failed may be begun again, with children that had not begun.
    if (status === 'SUCCEEDED') journal.mapRuns.dropInputs(id);
  }

  /** What came of it, for the state that waits. */
  async #tell(row: MapRunRow, state: string, { arn }: MapRunTarget): Promise<ThreadStimulus | undefined> {
    const { outcome, plan } = row;
    if (outcome === null) return undefined;
    if (outcome.kind === 'failed') return { kind: 'threw', error: outcome.error, cause: outcome.cause };
    if (plan.destination === undefined) {
      const release = this.#options.hold();
      return await resultList(row, state, this.#options.read).finally(release);
    }
    const details = { Bucket: plan.destination.bucket, Key: outcome.manifest };
    const payload = JSON.stringify({ MapRunArn: arn, ResultWriterDetails: details });
    return { kind: 'returned', payload };
  }
}

const exceeded: MapRunOutcome = {
  kind: 'failed',
  error: states.exceedToleratedFailureThreshold,
  cause: 'The specified tolerated failure threshold was exceeded',
};
