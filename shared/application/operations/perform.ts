import type { Content, Digest } from '../../domain/content.ts';
import type { Outcome } from '../../domain/events.ts';
import { failure } from '../../domain/failure.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Artifact, OperationKind } from '../../domain/operations.ts';
import { operationKinds } from '../../domain/operations.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { toContent } from '../content.ts';
import { checkArguments } from './arguments.ts';
import { artifactAdd } from './artifact-add.ts';
import { id, log, now, random } from './carried.ts';
import { fileDelete } from './file-delete.ts';
import { fileEdit } from './file-edit.ts';
import { fileList } from './file-list.ts';
import { fileRead } from './file-read.ts';
import { fileWrite } from './file-write.ts';
import type { PerformableKind, Performed, Performer, Surroundings } from './performer.ts';

const performers: { readonly [K in PerformableKind]: Performer<K> } = {
  now,
  random,
  id,
  log,
  'file.read': fileRead,
  'file.write': fileWrite,
  'file.edit': fileEdit,
  'file.delete': fileDelete,
  'file.list': fileList,
  'artifact.add': artifactAdd,
};

/** An operation to perform: `arguments` as the program gave them, not yet checked. */
export interface Performance extends Surroundings {
  readonly kind: PerformableKind;
  readonly arguments: Json;
}

/** What `operation.completed` says of an operation that was performed. Every blob it names is durable. */
export interface PerformedOperation {
  readonly outcome: Outcome;
  /** The request for the record: without file contents, which the tree holds. */
  readonly request: Content;
  /** Root of the workspace tree, only if it changed. */
  readonly tree?: Digest | null;
  readonly artifact?: Artifact;
}

/** Whether an operation is done on the spot by {@link perform}. */
export function isPerformable(kind: OperationKind): kind is PerformableKind {
  return operationKinds[kind] === 'repeatable' || operationKinds[kind] === 'carried';
}

/**
 * Performs a repeatable or carried operation. What the agent did wrong is an outcome; only failures of the
 * infrastructure are thrown, and then nothing has happened that performing it again would not do the same.
 */
export async function perform(performance: Performance): Promise<PerformedOperation> {
  try {
    return await completed(performance, await performKind(performance.kind, performance));
  } catch (error) {
    if (!(error instanceof TandemError) || error.status >= 500) throw error;
    return failed(performance, error);
  }
}

function performKind<K extends PerformableKind>(kind: K, performance: Performance): Promise<Performed<K>> {
  const performer: Performer<K> = performers[kind];
  return performer(checkArguments(kind, performance.arguments), performance);
}

async function completed(
  { tree, blobs, arguments: given }: Performance,
  { value, request, ...effects }: Performed<PerformableKind>,
): Promise<PerformedOperation> {
  return {
    outcome: { ok: true, value: await toContent(blobs, value as unknown as Json) },
    request: await toContent(blobs, request ?? given),
    ...(effects.tree !== undefined && effects.tree !== tree && { tree: effects.tree }),
    ...(effects.artifact && { artifact: effects.artifact }),
  };
}

async function failed(
  { kind, blobs, arguments: given }: Performance,
  { code, message, details }: TandemError,
): Promise<PerformedOperation> {
  const error = failure(code, message, Object.keys(details).length > 0 ? (details as Json) : undefined);
  const request = kind === 'file.write' ? withoutContent(given) : given;
  return { outcome: { ok: false, error }, request: await toContent(blobs, request) };
}

function withoutContent(given: Json): Json {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const { content: _, ...rest } = given as JsonObject;
  return rest;
}
