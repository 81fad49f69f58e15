import type { Clock } from '../ports/clock.ts';

/** The longest a timer of Node can run, in milliseconds: almost 25 days. */
const longestTimer = 2 ** 31 - 1;

/** The system's time. A timer alone does not keep the process alive: what it serves does. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  at(at: number, callback: () => void): () => void {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = at - Date.now();
      // Timers may fire a millisecond early by the clock on the wall; nobody is called before the time.
      if (left <= 0) callback();
      else timer = setTimeout(wait, Math.min(left, longestTimer)).unref();
    };
    timer = setTimeout(wait, Math.min(Math.max(at - Date.now(), 0), longestTimer)).unref();
    return () => clearTimeout(timer);
  }
}
