import type { ProgramAnswers, ProgramRun, ProgramTurn } from '../../shared/ports/program-host.ts';
import type { HostMessage, TurnMessage } from '../../shared/protocol/program.ts';
import type { ProgramChild } from './program-child.ts';
import { WarmRun } from './warm-run.ts';

type Question = Extract<HostMessage, { readonly type: 'begin' | 'answer' }>;

/** A child and what is known of the runs that it has in memory. */
export class WarmChild {
  readonly #child: ProgramChild;
  readonly #maxRuns: number;
  /** Asked longest ago first. */
  readonly #runs = new Map<string, WarmRun>();

  /** `maxRuns`: how many runs the child keeps in memory; the one asked longest ago is forgotten first. */
  constructor(child: ProgramChild, maxRuns: number) {
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
      return this.#ask(known, { type: 'answer', run, answers: missing });
    }
    const all = answers.count === 0 ? [] : await answers.after(0);
    return this.#ask(new WarmRun(), { type: 'begin', run, seed, createdAt, input, answers: all });
  }

  /** Forgets a run. */
  release(run: string): void {
    const known = this.#runs.get(run);
    this.#runs.delete(run);
    if (known && !known.ended) this.#child.tell({ type: 'forget', run });
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  async #ask(warm: WarmRun, question: Question): Promise<ProgramTurn> {
    this.#remember(question.run, warm);
    warm.delivered(question.answers);
    const turn = warm.heard((await this.#child.ask(question)) as TurnMessage);
    // An ended run is kept here only, for whoever asks again: its context is free for another.
    if (warm.ended) this.#child.tell({ type: 'forget', run: question.run });
    return turn;
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
