import type { Json } from '../../shared/domain/json.ts';
import type { ApprovalRow } from '../../shared/domain/projections.ts';
import { author, type TestTwin } from './test-twin.ts';

/** An approval as a test sees it. */
export type AskedApproval = Pick<ApprovalRow, 'what' | 'why' | 'impact' | 'role' | 'details' | 'run'>;

export type Verdict =
  | 'approved'
  | 'denied'
  | { readonly decision: 'approved' | 'denied'; readonly reason?: string };

/**
 * What people decide, in the order they are asked, each once; or a function, which lets an approval expire with
 * `undefined`.
 */
export type Approvals =
  | readonly Verdict[]
  | ((asked: AskedApproval) => Verdict | undefined | Promise<Verdict | undefined>);

export interface TestSignal {
  readonly name: string;
  readonly payload?: Json;
  /** Virtual milliseconds after the start; default 0. */
  readonly afterMs?: number;
}

/** Those outside: they decide and send signals as the test has it. */
export class Audience {
  readonly #twin: TestTwin;
  readonly #approvals: Approvals | undefined;
  readonly #seen = new Set<string>();
  readonly #unsent = new Set<TestSignal>();
  #decided = 0;

  constructor(twin: TestTwin, approvals: Approvals | undefined) {
    this.#twin = twin;
    this.#approvals = approvals;
  }

  /** Sends each signal at its time. `failed` is told of one that the run does not take. */
  send(run: string, signals: readonly TestSignal[], failed: (error: unknown) => void): void {
    const { api, clock } = this.#twin;
    for (const signal of signals) {
      const { name, payload = null, afterMs = 0 } = signal;
      this.#unsent.add(signal);
      clock.at(clock.now() + afterMs, () => {
        this.#unsent.delete(signal);
        api.signalRun(author, run, { name, payload }).catch(failed);
      });
    }
  }

  /** Decides what is asked and not seen yet; whether there was anything. Throws when the test does not say how. */
  async attend(): Promise<boolean> {
    const { api } = this.#twin;
    const { items } = await api.listApprovals(author, { status: 'pending', limit: 200 });
    const fresh = items.filter(({ approval }) => !this.#seen.has(approval)).reverse();
    for (const asked of fresh) {
      this.#seen.add(asked.approval);
      const verdict = await this.#verdictOn(asked);
      if (verdict === undefined) continue;
      const decision = typeof verdict === 'string' ? { decision: verdict } : verdict;
      await api.decideApproval(author, asked.approval, decision);
    }
    return fresh.length > 0;
  }

  /** Throws when the test says something that the program did not come to. */
  assertHeard(): void {
    const verdicts = typeof this.#approvals === 'function' ? 0 : (this.#approvals?.length ?? 0);
    const spare = verdicts - this.#decided;
    if (spare > 0)
      throw new Error(`The program asked for ${this.#decided} approvals: ${spare} answers too many`);
    const [unsent] = this.#unsent;
    if (unsent !== undefined) throw new Error(`The run ended before its signal: ${unsent.name}`);
  }

  #verdictOn(asked: ApprovalRow): Verdict | undefined | Promise<Verdict | undefined> {
    if (typeof this.#approvals === 'function') return this.#approvals(asked);
    const verdict = this.#approvals?.[this.#decided];
    this.#decided += 1;
    if (verdict !== undefined) return verdict;
    throw new Error(`The program asks for an approval that the test does not answer: “${asked.what}”`);
  }
}
