import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { livingProcesses } from '../../shared/processes/proc-stat.ts';
import type { Leftover } from './evidence.ts';

/** A living process that carries a mark: in its arguments, its environment or its folder. */
export interface Marked {
  readonly pid: number;
  /** Tells a process id that was given anew apart; empty where that is not known. */
  readonly started: string;
  readonly command: string;
}

/** How long helpers of a killed server may take to notice, in milliseconds. Commands have no such time. */
const noticeMs = 2_000;

/** Every marked process, but for this one. Elsewhere than on Linux only arguments are seen. */
export function markedProcesses(mark: string): Marked[] {
  return process.platform === 'linux' ? markedOnLinux(mark) : markedByPs(mark);
}

/**
 * Which processes of killed servers are still there though the next server is up: their commands are to be gone by
 * then, helpers soon. `commandMark` is in what commands carry and in nothing else.
 */
export async function leftovers(
  old: readonly Marked[],
  { mark, commandMark }: { mark: string; commandMark: string },
): Promise<Leftover[]> {
  const commands = surviving(old, commandMark).map(({ pid, command }) => ({
    pid,
    command,
    seen: 'when the next server had come up',
  }));
  if (surviving(old, mark).length === 0) return commands;
  await pause(noticeMs);
  const others = surviving(old, mark).map(({ pid, command }) => ({
    pid,
    command,
    seen: `${noticeMs} ms after the next server had come up`,
  }));
  return [...commands, ...others];
}

/** What is left when the last server has stopped in good order. */
export async function leftoversInTheEnd(mark: string): Promise<Leftover[]> {
  const until = performance.now() + noticeMs;
  while (markedProcesses(mark).length > 0 && performance.now() < until) await pause(50);
  const seen = `${noticeMs} ms after the last server had stopped`;
  return markedProcesses(mark).map(({ pid, command }) => ({ pid, command, seen }));
}

function surviving(old: readonly Marked[], mark: string): Marked[] {
  const living = new Map(markedProcesses(mark).map((its) => [its.pid, its.started]));
  return old.filter(({ pid, started }) => living.get(pid) === started);
}

function markedOnLinux(mark: string): Marked[] {
  return [...livingProcesses()]
    .filter(([pid]) => pid !== process.pid)
    .filter(([pid]) => [argumentsOf, environmentOf, folderOf].some((text) => text(pid).includes(mark)))
    .map(([pid, { startTicks }]) => ({ pid, started: startTicks, command: argumentsOf(pid) }));
}

const argumentsOf = (pid: number): string => said(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
const environmentOf = (pid: number): string => said(() => readFileSync(`/proc/${pid}/environ`, 'utf8'));
const folderOf = (pid: number): string => said(() => readlinkSync(`/proc/${pid}/cwd`));

/** What is gone meanwhile, or another user's, says nothing. */
function said(read: () => string): string {
  try {
    return read().replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function markedByPs(mark: string): Marked[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((text) => text.includes(mark))
    .map((text) => ({
      pid: Number.parseInt(text, 10),
      started: '',
      command: text.trim().replace(/^\d+\s+/, ''),
    }))
    .filter(({ pid }) => pid !== process.pid);
}
