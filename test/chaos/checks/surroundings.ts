import type { Evidence, Finding } from '../evidence.ts';

/** No process outlived its server, no file its process, and nothing went wrong that nobody asked about. */
export function checkSurroundings({ leftovers, litter, complaints }: Evidence): Finding[] {
  return [
    ...litter.map((name) => ({ check: 'litter', message: `${name} was left with the temporary files` })),
    ...leftovers.map(({ pid, command, seen }) => ({
      check: 'processes',
      message: `Process ${pid} was still there ${seen}: ${command.slice(0, 300)}`,
    })),
    ...complaints.map((message) => ({ check: 'complaints', message })),
  ];
}
