/** What an adapter's contract tests ran against, or why they did not run. */
export interface AdapterRun {
  readonly adapter: string;
  /** In a few words: the program and its version, and how it was started. */
  readonly against?: string;
  /** What this machine lacks, in a sentence without a full stop. */
  readonly absent?: string;
}

/** One contract, met by one adapter. */
export interface MetContract {
  /** The port: `event log`. */
  readonly contract: string;
  readonly adapter: string;
  readonly passed: number;
}

const mark = 'contract adapter: ';

/** Says on a line of its own what an adapter runs against, or why it doesn't; `npm run test:contract` gathers them. */
export function reportAdapter(run: AdapterRun): void {
  console.log(mark + JSON.stringify(run));
}

/** Says that an adapter's tests can't run here; where everything must run, in CI, that is a failure. */
export function reportAbsent(adapter: string, reason: string): void {
  reportAdapter({ adapter, absent: reason });
  if (process.env['CI']) throw new Error(`${adapter} was not tested: ${reason}.`);
}

/** The lines of {@link reportAdapter} among what a test file has printed. */
export function reportedAdapters(output: string): readonly AdapterRun[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith(mark))
    .map((line) => JSON.parse(line.slice(mark.length)));
}

/** The contract that a suite is of: suites are named `<contract>: <adapter>`. */
export function metContract(suite: string, passed: number): MetContract | undefined {
  const at = suite.indexOf(': ');
  return at < 0 ? undefined : { contract: suite.slice(0, at), adapter: suite.slice(at + 2), passed };
}

/** Which adapters have run against what, and how many tests of each contract they have passed. */
export function adaptersTable(runs: readonly AdapterRun[], met: readonly MetContract[]): string {
  const contracts = Map.groupBy(met, ({ adapter }) => adapter);
  const names = [...new Set([...contracts.keys(), ...runs.map(({ adapter }) => adapter)])].sort();
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) => {
    const run = runs.find(({ adapter }) => adapter === name);
    const passed = (contracts.get(name) ?? []).map((one) => `${one.contract} ${one.passed}`).join(', ');
    const against = run?.absent === undefined ? (run?.against ?? 'itself') : `NOT RUN: ${run.absent}`;
    return `${name.padEnd(width)}  ${against}${passed === '' ? '' : `\n${' '.repeat(width + 2)}${passed}`}`;
  });
  return ['Adapters, what they ran against, and the tests of each contract that they passed:', ...lines].join(
    '\n',
  );
}
