import type { EventDraft, RunEvent } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { ProgramAnswer, ProgramAnswers } from '../../ports/program-host.ts';
import type { App } from '../app.ts';
import type { ExecutionInput } from '../step.ts';
import { AnswerCollector, toProgramAnswer } from './answers.ts';
import type { LogWindow } from './runs.ts';

/**
 * One step's view of a run: the log as loaded plus what is staged to be appended. Staged events count as if they stood
 * in the log; nothing outside the step may see them before {@link RunSession.commit}. After a conflict everything
 * staged is dropped and the run is loaded again: what was done is repeatable, so it is decided and done again.
 */
export class RunSession {
  readonly #app: App;
  readonly #step: ExecutionInput;
  #base: RunState | undefined;
  #durable: RunState;
  #state: RunState;
  /** Groups that must be appended together, in order. */
  #staged: (readonly RunEvent[])[] = [];
  #collector: AnswerCollector;
  /** Answers the program has been given in this view; -1: none yet. */
  told = -1;

  private constructor(app: App, step: ExecutionInput, window: LogWindow) {
    this.#app = app;
    this.#step = step;
    this.#base = window.base;
    this.#durable = window.state;
    this.#state = window.state;
    this.#collector = new AnswerCollector(window.base);
    this.#collector.add(window.events);
  }

  /** Opens a run for a step of its generation; throws `run.superseded` if a newer one carries it (rule 5). */
  static async open(app: App, step: ExecutionInput): Promise<RunSession> {
    const window = await app.runs.window(step.tenant, step.run);
    assertCurrent(window.state, step);
    return new RunSession(app, step, window);
  }

  /** The run, staged events included. */
  get state(): RunState {
    return this.#state;
  }

  /** Stages events that belong together. Throws what `evolve` refuses. */
  stage(drafts: readonly EventDraft[]): void {
    if (drafts.length === 0) return;
    const { events, state } = this.#app.runs.seal(this.#state, drafts);
    this.#state = state;
    this.#staged.push(events);
    this.#collector.add(events);
  }

  get staged(): number {
    return this.#staged.length;
  }

  /** Appends what is staged, in as few appends as the limits allow; throws `log.conflict`. */
  async commit(): Promise<void> {
    while (this.#staged.length > 0) {
      const events = nextChunk(this.#staged);
      const last = events[events.length - 1];
      const state =
        last?.seq === this.#state.seq ? this.#state : this.#app.runs.refold(this.#durable, events);
      await this.#app.runs.append(this.#durable, { events, state });
      this.#durable = state;
    }
  }

  /** After a conflict: forgets what is staged and what the program was told of it, and loads the run again. */
  async reload(): Promise<void> {
    this.#app.programs.forTenant(this.#step.tenant).release(this.#step.run);
    const window = await this.#app.runs.window(this.#step.tenant, this.#step.run);
    assertCurrent(window.state, this.#step);
    this.#base = window.base;
    this.#durable = window.state;
    this.#state = window.state;
    this.#staged = [];
    this.#collector = new AnswerCollector(window.base);
    this.#collector.add(window.events);
    this.told = -1;
  }

  /** Every answer so far, staged ones included; read from the log only as far back as the host asks for. */
  answers(): ProgramAnswers {
    const count = this.#state.answered;
    return { count, after: (after) => this.#answersAfter(after, count) };
  }

  async #answersAfter(after: number, count: number): Promise<readonly ProgramAnswer[]> {
    const blobs = this.#app.blobs.forTenant(this.#step.tenant);
    const known = this.#base?.answered ?? 0;
    if (after < known) await this.#widen(after);
    const first = this.#base?.answered ?? 0;
    const wanted = this.#collector.answers.slice(after - first, count - first);
    return Promise.all(wanted.map((answer) => toProgramAnswer(blobs, answer)));
  }

  /** Reads back to where the host's memory ends: from the last snapshot if that is early enough, or from the start. */
  async #widen(after: number): Promise<void> {
    const log = this.#app.log.forTenant(this.#step.tenant);
    const snapshot = await log.snapshot(this.#step.run);
    const base = snapshot && snapshot.answered <= after ? snapshot : undefined;
    const collector = new AnswerCollector(base);
    for (let seq = base?.seq ?? 0; seq < this.#durable.seq; ) {
      const { events } = await log.read(this.#step.run, seq, this.#durable.seq - seq);
      collector.add(events);
      seq = events[events.length - 1]?.seq ?? this.#durable.seq;
    }
    for (const events of this.#staged) collector.add(events);
    this.#base = base;
    this.#collector = collector;
  }
}

function assertCurrent(state: RunState, { generation }: ExecutionInput): void {
  if (state.generation === generation) return;
  throw new TandemError('run.superseded', { details: { run: state.run, generation: state.generation } });
}

/** Takes whole groups off the front, up to the limits of one append. */
function nextChunk(groups: (readonly RunEvent[])[]): readonly RunEvent[] {
  const chunk: RunEvent[] = [];
  let bytes = 0;
  for (let group = groups[0]; group; group = groups[0]) {
    const size = groups.length === 1 && chunk.length === 0 ? 0 : JSON.stringify(group).length;
    const full = chunk.length + group.length > limits.appendEvents || bytes + size > limits.appendBytes / 2;
    if (chunk.length > 0 && full) break;
    chunk.push(...group);
    bytes += size;
    groups.shift();
  }
  return chunk;
}
