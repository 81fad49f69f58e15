import type { Json } from '../../shared/domain/json.ts';
import type { RunState } from '../../shared/domain/state.ts';

/** Sees from outside what really happens, and remembers it whatever dies: what the log says is held against it. */
export class Witness {
  /** How often each command was really executed, by run and operation. */
  readonly effects = new Map<string, number>();
  /** When each command that came to its end did so, in milliseconds since the epoch. */
  readonly ends = new Map<string, number>();
  /** Runs that callers were told have started. */
  readonly starts: string[] = [];
  /** Signals that were acknowledged: their payloads, each different, by run. */
  readonly signals: { readonly run: string; readonly payload: Json }[] = [];
  /** Decisions that were acknowledged. */
  readonly decisions: { readonly run: string; readonly approval: string; readonly decision: string }[] = [];
  /** Cancel requests that were acknowledged, by run. */
  readonly cancels: string[] = [];

  executed(run: string, operation: number): void {
    const key = `${run}/${operation}`;
    this.effects.set(key, (this.effects.get(key) ?? 0) + 1);
  }

  ended(run: string, operation: number, at: number): void {
    this.ends.set(`${run}/${operation}`, at);
  }

  effectsOf({ run }: Pick<RunState, 'run'>, operation: number): number {
    return this.effects.get(`${run}/${operation}`) ?? 0;
  }
}
