/** What makes an execution move. */
export type Stimulus =
  /** It has been started, or had more to do than fits one transition. */
  | { readonly kind: 'go' }
  /** A wait or the pause before a retry is over. */
  | { readonly kind: 'due' }
  | { readonly kind: 'timed-out'; readonly what: 'task' | 'heartbeat' }
  /** The function that a task called has answered (JSON text) or failed. */
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly error: string; readonly cause: string }
  /** Its task token was answered (JSON text). */
  | { readonly kind: 'token-succeeded'; readonly output: string }
  | { readonly kind: 'token-failed'; readonly error: string | undefined; readonly cause: string | undefined }
  /** Somebody stopped it, or its machine's TimeoutSeconds have passed. */
  | { readonly kind: 'stop'; readonly error: string | undefined; readonly cause: string | undefined }
  | { readonly kind: 'expired' };
