import { problemOf } from '../problem.ts';
import type { Output } from '../terminal/output.ts';
import type { DevView } from './dev-view.ts';

/** Records that have one key each, between the events of the runs. */
export function recordsView(output: Output): DevView {
  return {
    publishing: (work) => work,
    published: (version, how) => output.record({ published: { ...version, ...how } }),
    starts() {},
    problem(error) {
      const { exit: _, ...problem } = problemOf(error, 'dev');
      output.record({ error: problem });
    },
    cancelled: (run, reason) => output.record({ cancelled: { run, reason } }),
    waits: (files) => output.record({ waiting: { files } }),
    saved: (files) => output.record({ saved: { files } }),
  };
}
