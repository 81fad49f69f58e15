import type { EventDraft, RunEvent } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { ProgramAnswer, ProgramAnswers } from '../../ports/program-host.ts';
import type { App } from '../app.ts';
import type { ExecutionInput } from '../step.ts';
import { AnswerCollector, toProgramAnswer } from './answers.ts';
import type { Conversation } from './conversations.ts';
import type { LogWindow } from './runs.ts';

/**
 * One step's view of a run: the log as loaded plus what is staged to be appended. Staged events count as if they stood
 * in the log; nothing outside the step may see them before {@link RunSession.commit}. After a conflict everything
 * staged is dropped and the run is loaded again: what was done is repeatable, so it is decided and done again.
 */
export class RunSession {
  readonly #app: App;
  readonly #step: ExecutionInput;
  #conversation: Conversation | undefined;
  #base: RunState | undefined;
  #durable: RunState;
  #state: RunState;
  /** Groups that must be appended together, in order. */
  #staged: (readonly RunEvent[])[] = [];
  #collector: AnswerCollector;
  /** Answers the program has been given in this view; -1: none yet. */
  told = -1;
  /** Whether what is staged must be appended before anything else is done; otherwise it may ride with what follows. */
  due = false;

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

  /** Appends what is staged, in as few appends as the limits allow; throws `log.conflict`. */
  async commit(): Promise<void> {
    this.due = false;
    while (this.#staged.length > 0) {
      const { events, groups } = nextChunk(this.#staged);
      const last = events[events.length - 1];
      const state =
        last?.seq === this.#state.seq ? this.#state : this.#app.runs.refold(this.#durable, events);
      await this.#app.runs.append(this.#durable, { events, state });
      this.#durable = state;
      this.#staged.splice(0, groups);
    }
  }

  /** Begins to talk with the program, unless this step does already: what its host is to know the run by. */
  talk(): string {
    const { tenant, run } = this.#step;
    this.#conversation ??= this.#app.conversations.begin(tenant, run);
    return this.#conversation.name;
  }

  /** Has the program start over, from what is recorded, when it is asked next. */
  forgetProgram(): void {
    if (!this.#conversation) return;
    this.#app.programs.forTenant(this.#step.tenant).release(this.#conversation.name);
    this.told = -1;
  }

  /** The step is over: the next one may talk with the program. */
  close(): void {
    if (this.#conversation?.isPassing) this.forgetProgram();
    this.#conversation?.end();
  }

  /** After a conflict: forgets what is staged and loads the run again. */
  async reload(): Promise<void> {
    const window = await this.#app.runs.window(this.#step.tenant, this.#step.run);
    assertCurrent(window.state, this.#step);
    this.#base = window.base;
    this.#durable = window.state;
    this.#state = window.state;
    this.#staged = [];
    this.due = false;
    this.#collector = new AnswerCollector(window.base);
    this.#collector.add(window.events);
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
    // A commit may be under way: where it stands now is what the rest is read against.
    const staged = [...this.#staged];
    const { seq: end } = this.#durable;
    const snapshot = await log.snapshot(this.#step.run);
    const isEarlyEnough = snapshot !== undefined && snapshot.answered <= after && snapshot.seq <= end;
    const base = isEarlyEnough ? snapshot : undefined;
    const collector = new AnswerCollector(base);
    for (let seq = base?.seq ?? 0; seq < end; ) {
      const { events } = await log.read(this.#step.run, seq, end - seq);
      collector.add(events);
      seq = events[events.length - 1]?.seq ?? end;
    }
    for (const events of staged) collector.add(events);
    this.#base = base;
    this.#collector = collector;
  }
}

function assertCurrent(state: RunState, { generation }: ExecutionInput): void {
  if (state.generation === generation) return;
  throw new TandemError('run.superseded', { details: { run: state.run, generation: state.generation } });
}

interface Chunk {
  readonly events: readonly RunEvent[];
  /** How many groups these are. */
  readonly groups: number;
}

/** Whole groups from the front, up to the limits of one append. */
function nextChunk(staged: readonly (readonly RunEvent[])[]): Chunk {
  const [first = []] = staged;
  if (staged.length === 1) return { events: first, groups: 1 };
  const events: RunEvent[] = [];
  let groups = 0;
  let bytes = 0;
  for (const group of staged) {
    bytes += Buffer.byteLength(JSON.stringify(group));
    const full = events.length + group.length > limits.appendEvents || bytes > limits.appendBytes / 2;
    if (groups > 0 && full) break;
    events.push(...group);
    groups += 1;
  }
  return { events, groups };
}
