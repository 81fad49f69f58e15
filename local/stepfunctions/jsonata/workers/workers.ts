import { availableParallelism } from 'node:os';
import type { Outcome } from '../outcome.ts';
import type { Job } from './job.ts';
import { Threads } from './threads.ts';

const defaults = {
  size: Math.min(2, availableParallelism()),
  deadlineMs: 2_000,
  memoryMb: 128,
};

let shared: Threads | undefined;

/** Evaluates on a thread of the process's own few, which are started when they are first needed. */
export function evaluateElsewhere(job: Job): Promise<Outcome> {
  shared ??= new Threads(defaults);
  return shared.evaluate(job);
}

/** Ends the threads. They keep no process alive; this is for those who count them. Later evaluations start new ones. */
export async function closeJsonataThreads(): Promise<void> {
  const threads = shared;
  shared = undefined;
  await threads?.close();
}
