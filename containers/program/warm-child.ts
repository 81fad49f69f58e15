import type {
  ProgramAnswer,
  ProgramAnswers,
  ProgramRun,
  ProgramTurn,
} from '../../shared/ports/program-host.ts';
import type { HostMessage, TurnMessage } from '../../shared/protocol/program.ts';
import { portionsOf } from './portions.ts';
import type { ProgramChild } from './program-child.ts';
import { WarmRun } from './warm-run.ts';

type Question = Extract<HostMessage, { readonly type: 'begin' | 'answer' }>;

/** Whoever runs the programs: asked and told in the words of `docs/program-protocol.md`. */
export type Conversation = Pick<ProgramChild, 'ask' | 'tell' | 'stop'>;

/** A child and what is known of the runs that it has in memory. */
export class WarmChild {
  readonly #child: Conversation;
  readonly #maxRuns: number;
  /** Asked longest ago first. */
  readonly #runs = new Map<string, WarmRun>();
  /** Being asked now: the child must not forget them between two portions. */
  readonly #asked = new Set<WarmRun>();

  /** `maxRuns`: how many runs the child keeps in memory; the one asked longest ago is forgotten first. */
  constructor(child: Conversation, maxRuns: number) {
    this.#child = child;
    this.#maxRuns = maxRuns;
  }

  /** Brings the run to its latest answer, sending what the child lacks. Throws `ChildLost`. */
  async next(asked: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
    const { run, seed, createdAt, input } = asked;
    const known = this.#runs.get(run);
    if (known?.turn && known.position === answers.count) return known.turn;
    if (known && !known.ended && known.position < answers.count) {
      const missing = await answers.after(known.position);
      const questions = portionsOf(missing).map((portion) => answer(run, portion));
      return this.#askAll(known, run, questions);
    }
    const all = answers.count === 0 ? [] : await answers.after(0);
    const [first, ...others] = portionsOf(all);
    const begin: Question = { type: 'begin', run, seed, createdAt, input, answers: first };
    return this.#askAll(new WarmRun(), run, [begin, ...others.map((portion) => answer(run, portion))]);
  }

  /** Forgets a run. */
  release(run: string): void {
    const known = this.#runs.get(run);
    this.#runs.delete(run);
    if (known && !known.ended && !this.#asked.has(known)) this.#child.tell({ type: 'forget', run });
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** Asks one question after the other: only the last turn counts. */
  async #askAll(warm: WarmRun, run: string, questions: readonly Question[]): Promise<ProgramTurn> {
    this.#remember(run, warm);
    this.#asked.add(warm);
    try {
      for (const question of questions) {
        const message = (await this.#child.ask(question)) as TurnMessage;
        warm.delivered(question.answers);
        warm.heard(message);
      }
      return warm.turn as ProgramTurn;
    } catch (error) {
      this.#runs.delete(run);
      throw error;
    } finally {
      this.#asked.delete(warm);
      // An ended run is kept here only, for whoever asks again: its context is free for another.
      if (warm.ended || this.#runs.get(run) !== warm) this.#child.tell({ type: 'forget', run });
    }
  }

  #remember(run: string, warm: WarmRun): void {
    this.#runs.delete(run);
    this.#runs.set(run, warm);
    for (const [oldest] of this.#runs) {
      if (this.#runs.size <= this.#maxRuns) return;
      this.release(oldest);
    }
  }
}

function answer(run: string, answers: readonly ProgramAnswer[]): Question {
  return { type: 'answer', run, answers };
}
