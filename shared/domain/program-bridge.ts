import type { Bridge, Start } from '../protocol/program.ts';

/** How a host drives one run of a program: every call is followed by letting the program come to rest. */
export interface Guest {
  /** Settles an operation; `at` in milliseconds since the epoch becomes the program's time. */
  answer(operation: number, at: number, ok: boolean, result: string): void;
  /** The operations issued since the last call: kind and arguments (JSON text), by turns. */
  take(): readonly string[];
  /** How the program ended, once it has. */
  end(): GuestEnd | undefined;
}

export type GuestEnd =
  | { readonly kind: 'finished'; readonly output: string }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** What a run starts with. `now` in milliseconds since the epoch, `input` as JSON text. */
export interface GuestStart {
  readonly input: string;
  readonly seed: string;
  readonly now: number;
}

/**
 * Starts one run of a program and returns how to drive it. Stands on its own, without a name from outside: hosts that
 * give programs a context of their own evaluate the text of this function there, so that no object of theirs enters it.
 */
export function startGuest(start: Start, { input, seed, now }: GuestStart): Guest {
  const waiting = new Map<number, (ok: boolean, result: string) => void>();
  let issued: string[] = [];
  let count = 0;
  let clock = now;
  let end: GuestEnd | undefined;
  const bridge: Bridge = {
    input,
    seed,
    now: () => clock,
    request(kind, args, settle) {
      if (end) return 0;
      count += 1;
      waiting.set(count, settle);
      issued.push(kind, args);
      return count;
    },
    finished(output) {
      end ??= { kind: 'finished', output };
    },
    failed(name, message, stack) {
      end ??= { kind: 'failed', name, message, stack };
    },
  };
  start(bridge);
  return {
    answer(operation, at, ok, result) {
      const settle = waiting.get(operation);
      waiting.delete(operation);
      clock = at;
      settle?.(ok, result);
    },
    take() {
      const taken = issued;
      issued = [];
      return taken;
    },
    end: () => end,
  };
}
