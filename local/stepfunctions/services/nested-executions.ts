/** An execution as DescribeExecution tells of it; times are milliseconds since the epoch. */
export interface NestedDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  readonly startDate: number;
  readonly stopDate?: number;
  /** JSON text. */
  readonly input?: string;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount?: number;
  readonly redriveStatus?: string;
  readonly redriveStatusReason?: string;
}

export interface NestedStart {
  readonly machineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  /** Whether its end will be waited for. */
  readonly awaited: boolean;
}

/** Executions that a state of another one starts, as a port: the engine itself, or another one behind an address. */
export interface NestedExecutions {
  /** Rejects with `ServiceFailure`, or with an error whose `type` is the name AWS has for it. */
  start(wanted: NestedStart): Promise<{ readonly executionArn: string; readonly startDate: number }>;
  /** Resolves when the execution has ended; rejects with the signal's reason when it aborts. */
  wait(executionArn: string, signal: AbortSignal): Promise<NestedDescription>;
  /** Ends the execution; does nothing with one that has ended. */
  stop(executionArn: string, cause: string): Promise<void>;
}
