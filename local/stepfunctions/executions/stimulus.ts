/** What makes an execution move as a whole. */
export type ExecutionStimulus =
  /** It has been started, or had more to do than fits one transition. */
  | { readonly kind: 'go' }
  /** Somebody stopped it, or its machine's TimeoutSeconds have passed. */
  | { readonly kind: 'stop'; readonly error: string | undefined; readonly cause: string | undefined }
  | { readonly kind: 'expired' };

/** What makes one of its threads move. */
export type ThreadStimulus =
  /** A wait or the pause before a retry is over. */
  | { readonly kind: 'due' }
  | { readonly kind: 'timed-out'; readonly what: 'task' | 'heartbeat' }
  /** A worker has taken up an activity's task. */
  | { readonly kind: 'taken'; readonly worker: string | undefined }
  /** The call of a task that waits for its token or for a job has returned (JSON text). */
  | Answer<'submitted'>
  /** The call of a task, or the job it waited for, has ended (JSON text). */
  | Answer<'returned'>
  | {
      readonly kind: 'threw';
      readonly error: string | undefined;
      readonly cause: string | undefined;
      /** How far the task had come. */
      readonly phase?: 'schedule' | 'start' | 'submit';
    }
  /** Its task token was answered (JSON text). */
  | { readonly kind: 'token-succeeded'; readonly output: string }
  | { readonly kind: 'token-failed'; readonly error: string | undefined; readonly cause: string | undefined };

interface Answer<Kind extends string> {
  readonly kind: Kind;
  readonly payload: string;
  /** Whether the payload is the task's raw result already, and not what a function has answered. */
  readonly whole?: boolean;
}

export type Stimulus =
  | ExecutionStimulus
  | { readonly kind: 'thread'; readonly thread: number; readonly happened: ThreadStimulus };
