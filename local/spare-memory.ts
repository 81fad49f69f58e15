import v8 from 'node:v8';
import vm from 'node:vm';
import type { Clock } from '../shared/ports/clock.ts';

/** What is seen of a process and done to it. */
export interface HeapOwner {
  /** Milliseconds of CPU used so far. */
  cpuMs(): number;
  /** Bytes that the heap holds, in use or not. */
  heapBytes(): number;
  /** Collects all garbage and gives back what is free; stands still meanwhile. */
  collect(): void;
}

/** How often it looks, in milliseconds. */
const everyMs = 10_000;

/** Milliseconds of CPU in that time below which a process is at rest. */
const restMs = 200;

/** A heap that is not worth standing still for, in bytes. */
const smallHeap = 64 * 1024 * 1024;

/**
 * Gives memory back when the work is over. V8 grows its young generation under load (to 128 MB here) and shrinks it only
 * when it collects, which a process at rest never does. Returns how to end that.
 */
export function giveBackSpareMemory(clock: Clock, owner: HeapOwner = thisProcess()): () => void {
  let callOff = (): void => {};
  let usedMs = owner.cpuMs();
  let worked = false;
  const look = (): void => {
    const now = owner.cpuMs();
    const rests = now - usedMs < restMs;
    if (rests && worked && owner.heapBytes() > smallHeap) owner.collect();
    worked = !rests;
    usedMs = owner.cpuMs();
    callOff = clock.at(clock.now() + everyMs, look);
  };
  callOff = clock.at(clock.now() + everyMs, look);
  return () => callOff();
}

/** Collecting in steady state is V8's business: `gc` is taken once and is no global. */
export function thisProcess(): HeapOwner {
  v8.setFlagsFromString('--expose-gc');
  const gc: NodeJS.GCFunction = vm.runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  return {
    cpuMs() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
    heapBytes: () => process.memoryUsage().heapTotal,
    // The only kind that hands the free pages of the young generation to the system.
    collect: () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
  };
}
