/** A call that may be held back for news: `query.wait` in seconds. */
interface WaitingCall {
  readonly query: { readonly wait?: number };
  readonly signal?: AbortSignal;
}

/**
 * Asks with a wait; when the client leaves or the server stops meanwhile, asks again without one, so that nobody is
 * waited for who isn't there.
 */
export function waiting<T>(call: WaitingCall, ask: (waitMs: number) => Promise<T>): Promise<T> {
  const waitMs = Math.round((call.query.wait ?? 0) * 1_000);
  if (waitMs === 0) return ask(0);
  const { signal } = call;
  if (signal === undefined) return ask(waitMs);
  if (signal.aborted) return ask(0);
  return new Promise((resolve, reject) => {
    const leave = () => ask(0).then(resolve, reject);
    signal.addEventListener('abort', leave, { once: true });
    ask(waitMs)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
