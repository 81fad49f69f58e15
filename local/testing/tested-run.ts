import { fromContent } from '../../shared/application/content.ts';
import { eachEvent } from '../../shared/application/runs/each-event.ts';
import { readFile } from '../../shared/application/workspace/files.ts';
import { listFiles } from '../../shared/application/workspace/list-files.ts';
import type { Content } from '../../shared/domain/content.ts';
import type { Failure, Outcome, RunEvent } from '../../shared/domain/events.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { OperationKind } from '../../shared/domain/operations.ts';
import type { TenantBlobs } from '../../shared/ports/blobs.ts';
import { author, type TestTwin } from './test-twin.ts';

/** An operation that a program asked for. */
export interface TestedOperation {
  /** From 1, in the order of asking. */
  readonly operation: number;
  readonly kind: OperationKind;
  readonly arguments: Json;
  /** What the program was given; absent when it was not answered before the run ended. */
  readonly result?: Json;
  readonly error?: Failure;
}

/** A run that has ended, with everything it did. */
export interface TestedRun {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  /** What the program returned, when it succeeded. */
  readonly output: Json | undefined;
  /** Why it failed; names the file and line of the program. */
  readonly error: Failure | undefined;
  readonly operations: readonly TestedOperation[];
  /** The workspace at the end, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of the artefacts, in the order they were declared. */
  readonly artifacts: readonly string[];
  /** Virtual milliseconds from start to end. */
  readonly tookMs: number;
  /** The whole log. */
  readonly events: readonly RunEvent[];
}

export async function testedRun({ app, api }: TestTwin, run: string): Promise<TestedRun> {
  const blobs = app.blobs.forTenant(author.tenant);
  const { end, tree, createdAt } = await app.runs.load(author.tenant, run);
  if (!end) throw new Error(`${run} has not ended`);
  const events: RunEvent[] = [];
  for await (const { event } of eachEvent(app.log, author.tenant, run)) events.push(event);
  const files = new Map<string, string>();
  for (const { path } of await listFiles(blobs, tree)) {
    files.set(path, Buffer.from(await readFile(blobs, tree, path)).toString());
  }
  return {
    status: end.status,
    output: end.status === 'succeeded' ? await fromContent(blobs, end.output) : undefined,
    error: end.status === 'failed' ? end.error : undefined,
    operations: await operationsOf(events, blobs),
    files,
    artifacts: (await api.listArtifacts(author, run)).map(({ name }) => name),
    tookMs: Date.parse(end.at) - Date.parse(createdAt),
    events,
  };
}

interface Asked {
  readonly kind: OperationKind;
  readonly request: Content;
}

async function operationsOf(events: readonly RunEvent[], blobs: TenantBlobs): Promise<TestedOperation[]> {
  const asked = new Map<number, Asked>();
  const outcomes = new Map<number, Outcome>();
  for (const { type, payload } of events) {
    if (type === 'operation.requested') asked.set(payload.operation, payload);
    if (type === 'operation.completed') {
      if (payload.record) asked.set(payload.operation, payload.record);
      outcomes.set(payload.operation, payload.outcome);
    }
    if (type === 'operation.interrupted') {
      const error = { code: 'operation.interrupted', message: payload.reason };
      outcomes.set(payload.operation, { ok: false, error });
    }
  }
  const numbers = [...asked.keys()].sort((a, b) => a - b);
  return Promise.all(
    numbers.map(async (operation) => {
      const { kind, request } = asked.get(operation) as Asked;
      const given = { operation, kind, arguments: await fromContent(blobs, request) };
      const outcome = outcomes.get(operation);
      if (!outcome) return given;
      if (!outcome.ok) return { ...given, error: outcome.error };
      return { ...given, result: await fromContent(blobs, outcome.value) };
    }),
  );
}
