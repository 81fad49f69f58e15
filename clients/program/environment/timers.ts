import type { Bridge } from '../../../shared/protocol/program.ts';
import { reportFailure } from '../start.ts';

type Callback = (...args: unknown[]) => unknown;

/**
 * `setTimeout` and `setInterval` as sleeps of the run: recorded, and as durable. A cleared timer no longer calls back;
 * its sleep stays in the record. Timers are numbers, as in browsers.
 */
export function durableTimers(bridge: Bridge) {
  const live = new Set<number>();
  let count = 0;

  function schedule(timer: number, ms: number, then: () => void): void {
    bridge.request('sleep', JSON.stringify({ ms }), (ok) => {
      if (!live.has(timer)) return;
      if (ok) then();
      else reportFailure(bridge, new Error(`A timer of ${ms} ms was refused.`));
    });
  }

  function start(repeat: boolean, callback: Callback, delay: unknown, args: unknown[]): number {
    count += 1;
    const timer = count;
    const ms = Math.max(0, Math.ceil(Number(delay) || 0));
    const fire = () => {
      if (repeat) schedule(timer, ms, fire);
      else live.delete(timer);
      callBack(bridge, () => callback(...args));
    };
    live.add(timer);
    schedule(timer, ms, fire);
    return timer;
  }

  const clear = (timer?: number) => void live.delete(timer as number);
  return {
    setTimeout: (callback: Callback, delay?: unknown, ...args: unknown[]) =>
      start(false, callback, delay, args),
    setInterval: (callback: Callback, delay?: unknown, ...args: unknown[]) =>
      start(true, callback, delay, args),
    clearTimeout: clear,
    clearInterval: clear,
  };
}

/** What a timer throws has nobody else to catch it: the run fails, as a process would. */
function callBack(bridge: Bridge, callback: () => void): void {
  try {
    callback();
  } catch (error) {
    reportFailure(bridge, error);
  }
}
