import type { OperationKind } from '../domain/operations.ts';
import type { Answered, EndStatus, Metrics, OperationEnd } from '../ports/metrics.ts';
import { Counter } from './counter.ts';
import { type Family, separator } from './family.ts';
import { Histogram } from './histogram.ts';

/** Seconds: from a commit to the longest that an answer may be held back. */
const short = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/** Seconds: operations may take anything from a read to a person's weekend. */
const long = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3_600, 86_400];

/** Counts in memory, to be shown to Prometheus. `elapsed`: milliseconds of a clock that never goes back. */
export class CountedMetrics implements Metrics {
  readonly elapsed: () => number;
  readonly #requests = new Counter({
    name: 'tandem_http_requests_total',
    help: 'Requests that were answered, by the template of their route.',
    labels: ['method', 'route', 'status'],
  });
  readonly #requestSeconds = new Histogram({
    name: 'tandem_http_request_duration_seconds',
    help: 'Time from a request to its answer; waiting that was asked for by wait= is part of it.',
    labels: ['method', 'route', 'status'],
    bounds: short,
  });
  readonly #started = new Counter({ name: 'tandem_runs_started_total', help: 'Runs that were created.' });
  readonly #ended = new Counter({
    name: 'tandem_runs_ended_total',
    help: 'Runs that have ended, by how.',
    labels: ['status'],
    keys: ['succeeded', 'failed', 'cancelled'],
  });
  readonly #takenOver = new Counter({
    name: 'tandem_runs_taken_over_total',
    help: 'Generations after the first: a run went on in a new execution.',
  });
  readonly #operations = new Counter({
    name: 'tandem_operations_total',
    help: 'Operations that have an outcome, by kind.',
    labels: ['kind', 'outcome'],
  });
  readonly #operationSeconds = new Histogram({
    name: 'tandem_operation_duration_seconds',
    help: 'Time from an operation being asked to its outcome; carried kinds are left out.',
    labels: ['kind'],
    bounds: long,
  });
  readonly #decided = new Counter({
    name: 'tandem_approvals_decided_total',
    help: 'Approvals that were decided or have expired.',
    labels: ['decision'],
    keys: ['approved', 'denied', 'expired'],
  });
  readonly #looks = new Counter({
    name: 'tandem_reconciler_looks_total',
    help: 'How often the reconciler has looked at what is due.',
  });
  readonly #looked = new Counter({
    name: 'tandem_reconciler_runs_total',
    help: 'Runs that the reconciler has looked at.',
  });
  readonly #lookSeconds = new Histogram({
    name: 'tandem_reconciler_look_duration_seconds',
    help: 'Time of one look at what is due.',
    bounds: short,
  });
  readonly #events = new Counter({
    name: 'tandem_log_events_total',
    help: 'Events that were appended to logs.',
  });
  readonly #appendSeconds = new Histogram({
    name: 'tandem_log_append_duration_seconds',
    help: 'Time from an append to its being durable.',
    bounds: short,
  });
  readonly #commitSeconds = new Histogram({
    name: 'tandem_log_commit_duration_seconds',
    help: 'Time of one transaction, the sync of the disk included.',
    bounds: short,
  });
  readonly #commitWrites = new Histogram({
    name: 'tandem_log_commit_writes',
    help: 'Writes that share one transaction.',
    bounds: [1, 2, 5, 10, 25, 50, 100, 250],
  });

  constructor(elapsed: () => number) {
    this.elapsed = elapsed;
  }

  /** Everything that is counted here. */
  get families(): readonly Family[] {
    return [
      ...[this.#requests, this.#requestSeconds, this.#started, this.#ended, this.#takenOver],
      ...[this.#operations, this.#operationSeconds, this.#decided],
      ...[this.#looks, this.#looked, this.#lookSeconds],
      ...[this.#events, this.#appendSeconds, this.#commitSeconds, this.#commitWrites],
    ];
  }

  answered({ method, route, status }: Answered, ms: number): void {
    const key = `${method}${separator}${route}${separator}${status}`;
    this.#requests.add(key);
    this.#requestSeconds.observe(ms / 1_000, key);
  }

  runStarted(): void {
    this.#started.add();
  }

  runEnded(status: EndStatus): void {
    this.#ended.add(status);
  }

  runTakenOver(): void {
    this.#takenOver.add();
  }

  operationEnded(kind: OperationKind, end: OperationEnd): void {
    this.#operations.add(`${kind}${separator}${end}`);
  }

  operationTook(kind: OperationKind, ms: number): void {
    this.#operationSeconds.observe(ms / 1_000, kind);
  }

  approvalDecided(decision: 'approved' | 'denied' | 'expired'): void {
    this.#decided.add(decision);
  }

  looked(runs: number, ms: number): void {
    this.#looks.add();
    this.#looked.add('', runs);
    this.#lookSeconds.observe(ms / 1_000);
  }

  appended(events: number, ms: number): void {
    this.#events.add('', events);
    this.#appendSeconds.observe(ms / 1_000);
  }

  committed(writes: number, ms: number): void {
    this.#commitSeconds.observe(ms / 1_000);
    this.#commitWrites.observe(writes);
  }
}
