import type { JsonObject } from '../domain/json.ts';

export type ExecutionState =
  | { readonly status: 'absent' }
  | { readonly status: 'running' }
  /** Closed: its name stays refused. `cause` is what a failed one said last. */
  | { readonly status: 'closed'; readonly succeeded: boolean; readonly cause?: string };

/** The Step Functions operations that carry runs. Names are `<run>-<generation>`. */
export interface WorkflowEngine {
  /**
   * Starts an execution of the run machine. `running`: one of that name and input runs already (success, and where the
   * engine does not tell the two apart it is `started`); `closed`: the name is used up. Throws `engine.unavailable` when
   * throttled or out of reach.
   */
  start(name: string, input: JsonObject): Promise<'started' | 'running' | 'closed'>;
  describe(name: string): Promise<ExecutionState>;
  /** Answers a task token; `gone` when nobody waits on it any more, which is no error (rule 9). */
  succeed(token: string): Promise<'accepted' | 'gone'>;
  fail(token: string, error: string, cause: string): Promise<'accepted' | 'gone'>;
  heartbeat(token: string): Promise<'accepted' | 'gone'>;
  /**
   * Forgets what the closed executions of a run have been given and have done, where the engine lets it; their names stay
   * refused.
   */
  forget(run: string): Promise<void>;
  stop(name: string, cause: string): Promise<void>;
}
