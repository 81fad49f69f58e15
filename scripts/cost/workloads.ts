/** A run whose cost is counted. */
export interface Workload {
  readonly name: string;
  /** Its program, in `workloads/`. */
  readonly program: string;
  /** Operations that it does. */
  readonly operations: number;
  /** Operations that one step may do; absent: as many as fit. */
  readonly operationsPerStep?: number;
}

/** The runs that are shown side by side; the first one is what the target is about. */
export function workloads(operations: number): readonly Workload[] {
  return [
    { name: `${operations} operations inside Advance`, program: 'writing', operations },
    { name: `${operations} commands`, program: 'commanding', operations },
    { name: `${operations} operations, one of them an approval`, program: 'asking', operations },
    {
      name: `${operations} operations, each a step of its own`,
      program: 'writing',
      operations,
      operationsPerStep: 1,
    },
  ];
}
