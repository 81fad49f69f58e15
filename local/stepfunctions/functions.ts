/** A function that Task states may call: the embedded counterpart of a Lambda function. */
export interface LambdaFunction {
  /**
   * Answers one event; both ways cross as JSON text. What it throws ends the task as Lambda would: under
   * `error.errorType`, else `error.name`.
   */
  invoke(payload: string): Promise<string>;
  /**
   * Whether a call that a crash cut off may simply be made again. Otherwise it is made only once its scheduling is
   * durable, and one cut off ends as `Lambda.Unknown`, for the state's Retry to decide.
   */
  readonly repeatable: boolean;
}

/** By name; an ARN of any region and account finds the function of that name. */
export type LambdaFunctions = Readonly<Record<string, LambdaFunction>>;
