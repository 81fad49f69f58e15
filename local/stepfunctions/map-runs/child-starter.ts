import { expressArn } from '../arns.ts';
import { JsonData } from '../data-flow/json-data.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import { Live } from '../executions/live.ts';
import { type FactSources, machineOfRow, readFacts } from '../executions/read-facts.ts';
import type { Runner } from '../executions/runner.ts';
import type { RunningExecutions } from '../executions/running.ts';
import type { ExpressExecutions } from '../express/express.ts';
import { type ExpressSources, expressFacts } from '../express/facts.ts';
import type { ExpressChildRow, MapRunRow } from '../journal/map-runs.ts';
import { childRow, factsOfChild } from './children.ts';
import type { NewChild } from './map-run.ts';
import { childMachine, childName } from './names.ts';

export interface ChildStarterOptions extends FactSources, ExpressSources {
  readonly running: RunningExecutions;
  now(): number;
  /** The number of the next execution in the journal. */
  nextId(): number;
  runner(): Runner;
  express(): ExpressExecutions;
  /** Keeps what an Express child execution has come to: it leaves nothing else. */
  keep(row: ExpressChildRow): void;
}

/** What child executions have from the execution whose map run they belong to. */
type Inherited = Pick<ExecutionFacts, 'child' | 'testCase' | 'revision' | 'startedAt'>;

/** Starts the child executions of map runs, and stops them. */
export class ChildStarter {
  readonly #options: ChildStarterOptions;

  constructor(options: ChildStarterOptions) {
    this.#options = options;
  }

  start(run: MapRunRow, child: NewChild): void {
    const { running, place } = this.#options;
    const parent = running.get(run.execution)?.facts;
    if (parent === undefined) throw new Error(`Map run ${run.id} goes on without its execution.`);
    const root = parent.child?.root ?? { id: parent.id, machine: parent.machineName };
    const own = { ...factsOfChild(place, run, child), root };
    const { testCase, revision } = parent;
    const inherited = { child: own, testCase, revision, startedAt: this.#options.now() };
    if (run.plan.express) this.#startExpress(run, child, inherited);
    else this.#startStandard(run, child, inherited);
  }

  stop({ id }: MapRunRow): void {
    const { running, runner, express } = this.#options;
    const isChild = ({ child }: ExecutionFacts): boolean => child?.mapRun === id;
    express().stop(isChild);
    for (const live of running) {
      if (isChild(live.facts)) runner().stimulate(live, { kind: 'stop', error: undefined, cause: undefined });
    }
  }

  #startStandard(run: MapRunRow, child: NewChild, { child: own, testCase, ...parts }: Inherited): void {
    const { machines, running, runner, nextId } = this.#options;
    const row = childRow(run, child, { id: nextId(), ...parts });
    const facts = { ...readFacts(this.#options, row, JsonData.parse(child.text), own), testCase };
    const live = Live.atStart(facts, machineOfRow(machines, row), run.plan.startAt);
    running.add(live);
    runner().start(live, row);
  }

  #startExpress(run: MapRunRow, { index, items, text: input }: NewChild, inherited: Inherited): void {
    const { machines, place, express, keep } = this.#options;
    const { startedAt, revision, testCase, child } = inherited;
    const name = childName(run.uuid, index);
    const asked = { machine: childMachine(run.machine, run.label), name, input, startedAt };
    const made = expressFacts({ ...asked, revision, testCase, version: null, alias: null }, this.#options);
    const facts = { ...made, arn: expressArn(place, { ...asked, id: name }), child };
    const { ended } = express().begin(
      facts,
      machineOfRow(machines, { revision, mapRun: run.id }),
      run.plan.startAt,
    );
    void ended.then((end) => {
      if (end === undefined) return;
      const { status, at: endedAt } = end;
      const result = JSON.stringify(end.result);
      keep({ run: run.id, index, items, status, startedAt, endedAt, input, result });
    });
  }
}
