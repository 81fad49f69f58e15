import type { Clock } from '../../shared/ports/clock.ts';
import type { Ids } from '../../shared/ports/ids.ts';
import { Activities } from './activities/activities.ts';
import { activityPerformer } from './activities/performer.ts';
import { ActivityQueues, type Taken } from './activities/queues.ts';
import { defaultPlace, type ExecutionName, executionArn, machineArn, type Place, roleArn } from './arns.ts';
import { JsonData } from './data-flow/json-data.ts';
import type { ExecutionFacts } from './executions/execution.ts';
import { Live } from './executions/live.ts';
import { machineOfRow, readFacts } from './executions/read-facts.ts';
import { journalLedger } from './executions/record.ts';
import { type RecoveryOptions, readExecution, readRunning } from './executions/recovery.ts';
import { nextRedrive, redriveFlaw, redrivenWith } from './executions/redrivable.ts';
import { Runner } from './executions/runner.ts';
import { RunningExecutions } from './executions/running.ts';
import { ExpressExecutions, type ExpressRun } from './express/express.ts';
import { expressFacts } from './express/facts.ts';
import type { LambdaFunctions } from './functions.ts';
import type { ExecutionRow, Journal, NewExecutionRow } from './journal/journal.ts';
import type { Redrive } from './journal/redrive.ts';
import { MachineDeletion } from './machines/deletion.ts';
import { Machines, type Start, type StateMachine } from './machines/machines.ts';
import { startable } from './machines/startable.ts';
import { ChildStarter } from './map-runs/child-starter.ts';
import { readChildren } from './map-runs/children.ts';
import { MapRuns } from './map-runs/map-runs.ts';
import { noObjects, type Objects } from './map-runs/objects.ts';
import { mockObjects } from './mocks/mock-objects.ts';
import { mockPerformer } from './mocks/mock-performer.ts';
import type { MockedTasks } from './mocks/mocked-tasks.ts';
import { ServiceError } from './service-error.ts';
import type { Services } from './services/services.ts';
import { firstOf, functionPerformer } from './tasks/performer.ts';
import { servicePerformer } from './tasks/service-performer.ts';
import { executionOfToken } from './tasks/token.ts';
import type { Laboratory } from './test-state/laboratory.ts';
import { withMocks } from './test-state/make-call.ts';

export interface StepFunctionsOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'hex' | 'random'>;
  /** Region and account that its ARNs name. */
  readonly place?: Place;
  /** What tasks call besides functions of this process; made when the engine opens. */
  readonly services?: (engine: StepFunctions) => Services;
  /** Asked before a service is called; what it answers is taken instead. */
  readonly mocks?: MockedTasks;
  /** Where distributed Maps read their items and write their results, where those are not mocked. */
  readonly objects?: Objects;
  /** Executions that may run at once; by default a million, as on AWS. */
  readonly maxRunning?: number;
  /** Keeps virtual time from moving while something outside this process is waited for. */
  readonly hold?: () => () => void;
}

const maxRunning = 1_000_000;

export interface NewStateMachine {
  readonly name: string;
  /** Amazon States Language, JSON text. */
  readonly definition: string;
  readonly roleArn?: string;
}

export interface NewExecution {
  /** Name of the state machine. */
  readonly machine: string;
  /** Number of a version, or name of an alias; the newest revision without. */
  readonly qualifier?: string | undefined;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  /** Test case of the mocks that answers its tasks. */
  readonly testCase?: string | undefined;
}

/** `running`: one of that name has been started before and runs; `closed`: the name is used up. */
export type StartResult =
  | { readonly outcome: 'started' | 'running'; readonly facts: ExecutionFacts }
  | { readonly outcome: 'closed' };

/** What a task token may be answered with; outputs are JSON text. */
export type TokenAnswer =
  | { readonly kind: 'token-succeeded'; readonly output: string }
  | { readonly kind: 'token-failed'; readonly error: string | undefined; readonly cause: string | undefined }
  | { readonly kind: 'heartbeat' };

/**
 * The embedded Step Functions: durable Standard workflows in this process. Everything that has been answered survives
 * a crash; what a crash cuts off is found in the journal and goes on at `open`.
 */
export class StepFunctions {
  readonly journal: Journal;
  readonly machines: Machines;
  readonly place: Place;
  readonly clock: Clock;
  readonly activities: Activities;
  readonly activityQueues: ActivityQueues;
  readonly #deletion: MachineDeletion;
  readonly #options: StepFunctionsOptions;
  readonly #running = new RunningExecutions();
  /** Of executions with one that have failed: they may be begun again. */
  readonly #testCases = new Map<number, string>();
  #runner: Runner | undefined;
  #mapRuns: MapRuns | undefined;
  #services: Services | undefined;
  #express: ExpressExecutions | undefined;
  #lastExecution: number;

  constructor(options: StepFunctionsOptions) {
    this.#options = options;
    this.journal = options.journal;
    this.place = options.place ?? defaultPlace;
    this.machines = new Machines(options.journal, () => options.ids.random());
    this.clock = options.clock;
    this.activities = new Activities(options.journal.catalogue);
    this.activityQueues = new ActivityQueues(options.clock);
    this.#deletion = new MachineDeletion(options.journal, this.machines, (machine) => this.#runs(machine));
    this.#lastExecution = options.journal.lastExecution();
  }

  /** Goes on with what was running, and takes executions from now on. */
  async open(functions: LambdaFunctions): Promise<void> {
    const { journal, clock, ids, mocks, hold = neverHeld } = this.#options;
    const services = this.#options.services?.(this);
    this.#services = services;
    const onEnd = (live: Live): void => this.#forget(live);
    const mapRuns = this.#openMapRuns(hold);
    this.#mapRuns = mapRuns;
    const performer = firstOf([
      mapRuns,
      ...(mocks === undefined ? [] : [mockPerformer(mocks)]),
      functionPerformer(functions),
      activityPerformer(this.activityQueues),
      ...(services === undefined ? [] : [servicePerformer(services, hold)]),
    ]);
    const parts = { clock, ids, performer, hold };
    const runner = new Runner({ ...parts, ledger: journalLedger(journal), onEnd });
    this.#runner = runner;
    this.#express = new ExpressExecutions({ ...parts, onEnd: (facts) => this.#forgetExpress(facts) });
    const found = readRunning(this.#recovery());
    for (const live of found) this.#running.add(live);
    mapRuns.recover();
    for (const live of found) runner.recover(live);
    void mapRuns.abandon((row) => this.#running.get(row.execution)?.waiting(row.scheduled) !== undefined);
    this.#deletion.resume();
  }

  /** Parks everything: takes no more work, forgets calls in flight, resolves when the journal is on the disk. */
  async close(): Promise<void> {
    this.#mapRuns?.close();
    this.#runner?.close();
    this.#runner = undefined;
    this.#express?.close();
    this.activityQueues.close();
    this.#deletion.close();
    await this.#services?.close();
    await this.journal.close();
  }

  /**
   * Creates a state machine, or gives it a new definition, which executions started from then on follow. It is durable
   * together with the first of those. Throws `DefinitionError`.
   */
  putStateMachine({ name, definition, roleArn: role }: NewStateMachine): StateMachine {
    const at = this.#options.clock.now();
    return this.machines.put({ machine: name, definition, roleArn: role ?? roleArn(this.place, name), at });
  }

  /** Deletes a state machine: at once if nothing of it runs, else with the end of what runs last. */
  deleteStateMachine(name: string): Promise<void> {
    return this.#deletion.begin(name);
  }

  /** Starts an execution; resolves when that is durable. Throws `ServiceError`, or what the journal throws. */
  async start({ machine, qualifier, name, input, testCase }: NewExecution): Promise<StartResult> {
    const runner = this.#open();
    const by = this.#admit({ machine, qualifier, testCase });
    const live = this.#running.named({ machine, name });
    if (live !== undefined) {
      await this.journal.settled();
      return { outcome: 'running', facts: live.facts };
    }
    if (this.journal.has(machine, name)) return { outcome: 'closed' };
    const facts = this.#begin(runner, { machine, name, input, testCase, ...by });
    await this.journal.settled();
    return { outcome: 'started', facts };
  }

  /** Map runs, while the engine is open. Throws `ServiceUnavailable` when it is not. */
  get mapRuns(): MapRuns {
    this.#open();
    return this.#mapRuns as MapRuns;
  }

  /**
   * Starts an execution of an Express machine, whatever others of its name there are: it is kept in memory alone, and a
   * crash loses it. Throws `ServiceError`.
   */
  startExpress({ machine, qualifier, name, input, testCase }: NewExecution): ExpressRun {
    this.#open();
    const by = this.#admit({ machine, qualifier, testCase });
    const { clock, ids } = this.#options;
    const asked = { machine, name, input, testCase, ...by, startedAt: clock.now() };
    const facts = expressFacts(asked, { place: this.place, machines: this.machines, ids });
    return this.#openExpress().begin(facts, this.machines.compiled(by.revision));
  }

  /**
   * Begins an execution again that has failed: where it failed, with what came of it before. Resolves to the time of that
   * when it is durable; with a client token that was given just before, to the time of then. Throws `ServiceError`.
   */
  async redrive({ machine, name }: ExecutionName, clientToken?: string): Promise<number> {
    const runner = this.#open();
    const row = this.journal.find(machine, name);
    const live = this.#running.named({ machine, name });
    if (row === undefined && live === undefined) throw doesNotExist(executionArn(this.place, machine, name));
    const known = live?.facts.redrive ?? row?.redrive;
    const asked = { clientToken, now: this.clock.now() };
    const before = redrivenWith(known, asked);
    if (before === undefined) {
      if (row === undefined || live !== undefined)
        throw notRedrivable('Execution is RUNNING and cannot be redriven');
      this.#beginAgain(runner, row, nextRedrive(known, asked));
    }
    await this.journal.settled();
    return before ?? asked.now;
  }

  /** A running execution; its end counts once it is durable. Throws `ServiceUnavailable` when not open. */
  running(machine: string, name: string): Live | undefined {
    this.#open();
    return this.#running.named({ machine, name });
  }

  /**
   * Answers a task token; `false` when nobody waits on it any more. Takes effect at once and is durable with the next
   * commit: await `journal.settled()` where the caller must not have to say it again.
   */
  answer(token: string, answer: TokenAnswer): boolean {
    const runner = this.#open();
    const execution = executionOfToken(token);
    const live = execution === undefined ? undefined : this.#running.get(execution);
    const thread = live?.ending === undefined ? live?.waitingFor(token) : undefined;
    if (live === undefined || thread === undefined) return false;
    if (answer.kind === 'heartbeat') {
      runner.heartbeat(live, thread);
    } else {
      if (live.held !== undefined) live.answered.add(token);
      runner.answer(live, thread.position.scheduled, answer);
    }
    return true;
  }

  /** A worker takes up a task of an activity; its token, or `undefined` when nobody waits for it any more. */
  take({ execution, scheduled, worker }: Taken): string | undefined {
    const live = this.#running.get(execution);
    const token = live?.waiting(scheduled)?.position.token;
    if (live !== undefined) this.#open().answer(live, scheduled, { kind: 'taken', worker });
    return token;
  }

  /** Resolves when everything that has happened to an execution so far is durable. Throws `ServiceUnavailable`. */
  async durable(execution: number): Promise<void> {
    const live = this.#running.get(execution);
    while (live?.free !== undefined) {
      await live.free;
      // What was held when the engine closed has not happened.
      this.#open();
    }
    await this.journal.settled();
  }

  /** Resolves when an execution has ended, and that is durable; rejects with the signal's reason. */
  async ended({ machine, name }: { machine: string; name: string }, signal?: AbortSignal): Promise<void> {
    const live = this.running(machine, name);
    if (live !== undefined) await this.#running.ended(live, signal);
  }

  machineArn(machine: string): string {
    return machineArn(this.place, machine);
  }

  /** Ends a running execution; does nothing with one that has ended. */
  stop(
    { machine, name }: { machine: string; name: string },
    why: { error?: string | undefined; cause?: string | undefined },
  ): void {
    const runner = this.#open();
    const live = this.#running.named({ machine, name });
    if (live !== undefined) runner.stimulate(live, { kind: 'stop', error: why.error, cause: why.cause });
  }

  /** Where single states are tested: no execution is journaled for it. Throws `ServiceUnavailable` when not open. */
  laboratory(): Laboratory {
    const runner = this.#open();
    const makeCall = withMocks((call, facts) => runner.once(call, facts), this.#options.mocks);
    return { place: this.place, moment: () => runner.moment(), makeCall };
  }

  #begin(runner: Runner, asked: Omit<NewExecution, 'qualifier'> & Start): ExecutionFacts {
    const { machine, name, input, testCase, revision, version, alias } = asked;
    const startedAt = this.#options.clock.now();
    const by = { revision, version, alias };
    const row: NewExecutionRow = { id: this.#nextId(), machine, ...by, name, input, startedAt };
    const facts = { ...readFacts(this, row, JsonData.parse(input)), testCase };
    const live = Live.atStart(facts, machineOfRow(this.machines, row));
    runner.start(live, row);
    this.#running.add(live);
    return facts;
  }

  #beginAgain(runner: Runner, row: ExecutionRow, redrive: Redrive): void {
    if (row.mapRun != null)
      throw notRedrivable('Execution was dispatched by a Map Run, with which it is redriven');
    const flaw = redriveFlaw(this, row);
    if (flaw !== undefined) throw notRedrivable(flaw);
    this.#checkLimit();
    const live = readExecution(this.#recovery(), { ...row, redrive });
    this.#running.add(live);
    runner.redrive(live, redrive);
  }

  #recovery(): RecoveryOptions {
    return {
      journal: this.journal,
      machineOf: (row) => machineOfRow(this.machines, row),
      factsOf: (row, input) => ({
        ...readFacts(this, row, input),
        redrive: row.redrive ?? undefined,
        testCase: this.#testCases.get(row.id),
      }),
    };
  }

  #openMapRuns(hold: () => () => void): MapRuns {
    const { journal, clock, ids, mocks, objects = noObjects } = this.#options;
    const { place, machines } = this;
    const children = new ChildStarter({
      journal,
      machines,
      place,
      ids,
      running: this.#running,
      now: () => clock.now(),
      nextId: () => this.#nextId(),
      runner: () => this.#open(),
      express: () => this.#openExpress(),
      keep: (child) => void this.#mapRuns?.keep(child),
    });
    return new MapRuns({
      journal,
      clock,
      hold,
      children,
      objects: mocks === undefined ? objects : mockObjects(mocks.objects),
      read: (run, from, limit) => readChildren({ journal, place }, run, { from, limit }),
    });
  }

  #nextId(): number {
    this.#lastExecution += 1;
    return this.#lastExecution;
  }

  #forget(live: Live): void {
    const { facts, ending } = live;
    this.#running.remove(live);
    this.#options.mocks?.forget(facts.id);
    const { testCase } = facts;
    if (testCase !== undefined && ending !== 'SUCCEEDED') this.#testCases.set(facts.id, testCase);
    this.#deletion.resume(facts.machineName);
    if (ending !== undefined) this.#mapRuns?.ended(facts, ending);
  }

  #forgetExpress({ id, machineName }: ExecutionFacts): void {
    this.#options.mocks?.forget(id);
    this.#deletion.resume(machineName);
  }

  #runs(machine: string): boolean {
    return this.#express?.runs(machine) === true || this.#running.any(machine);
  }

  /** What an execution is to be started by; refuses more of them than may run at once. */
  #admit({ machine, qualifier, testCase }: Omit<NewExecution, 'name' | 'input'>): Start {
    const by = startable(this, { machine, qualifier });
    this.#checkTestCase(machine, testCase);
    this.#checkLimit();
    return by;
  }

  /** Refuses a test case that nobody has written: its tasks would be done in earnest. */
  #checkTestCase(machine: string, testCase: string | undefined): void {
    if (testCase === undefined || this.#options.mocks?.knows(machine, testCase) === true) return;
    const message = `The mock configuration has no test case '${testCase}' of the state machine '${machine}'`;
    throw new ServiceError('ValidationException', message);
  }

  #checkLimit(): void {
    const limit = this.#options.maxRunning ?? maxRunning;
    if (this.#running.size + this.#openExpress().size < limit) return;
    const message = `Execution Limit Exceeded: The maximum number of running executions (${limit}) has been reached`;
    throw new ServiceError('ExecutionLimitExceeded', message);
  }

  #open(): Runner {
    if (this.#runner !== undefined) return this.#runner;
    throw new ServiceError('ServiceUnavailable', 'The engine is not open.');
  }

  #openExpress(): ExpressExecutions {
    this.#open();
    return this.#express as ExpressExecutions;
  }
}

function doesNotExist(arn: string): ServiceError {
  return new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

const notRedrivable = (why: string): ServiceError => new ServiceError('ExecutionNotRedrivable', why);

/** The system's time takes no notice of who is at work. */
const neverHeld = (): (() => void) => () => {};
