import type { Digest } from './content.ts';
import type { Failure } from './events.ts';
import type { Json } from './json.ts';
import { operationHash } from './operation-hash.ts';
import type { OperationKind } from './operations.ts';

/** An operation as issued: its arguments as JSON text. */
export interface IssuedOperation {
  readonly operation: number;
  readonly kind: OperationKind;
  readonly arguments: string;
}

/** What an answer says of the operation it is for. */
export interface RecordedOperation {
  readonly operation: number;
  readonly hash: Digest;
}

/** Numbers the operations of one run as its program issues them and matches answers with them (rule 13). */
export class OperationLedger {
  readonly #open = new Map<number, IssuedOperation>();
  #count = 0;

  issue(kind: string, args: string): IssuedOperation {
    this.#count += 1;
    const issued = { operation: this.#count, kind: kind as OperationKind, arguments: args };
    this.#open.set(issued.operation, issued);
    return issued;
  }

  /** Whether the operation still waits for its answer. */
  isOpen(operation: number): boolean {
    return this.#open.has(operation);
  }

  /** Takes the answered operation off the list; or says how program and record differ. */
  match({ operation, hash }: RecordedOperation): Failure | undefined {
    const issued = this.#open.get(operation);
    if (!issued) return this.#unasked({ operation, hash });
    const requested = operationHash(issued.kind, JSON.parse(issued.arguments) as Json);
    if (requested !== hash) return changed({ operation, hash }, issued, requested);
    this.#open.delete(operation);
    return undefined;
  }

  /** The record goes on with this answer though the program has ended. */
  endedEarly({ operation, hash }: RecordedOperation): Failure {
    return diverged(
      `The program ended after ${operations(this.#count)}, but its record goes on with an answer to operation ${operation}.`,
      { operation, recorded: { hash }, requested: null },
    );
  }

  #unasked({ operation, hash }: RecordedOperation): Failure {
    const message =
      operation > this.#count
        ? `The record answers operation ${operation}, but the program has only asked for ${operations(this.#count)} so far.`
        : `The record answers operation ${operation} a second time.`;
    return diverged(message, { operation, recorded: { hash }, requested: null });
  }
}

function changed(
  { operation, hash }: RecordedOperation,
  { kind }: IssuedOperation,
  requested: Digest,
): Failure {
  return diverged(
    `Operation ${operation} differs from its record: the program now asks for ${kind} with hash ${short(requested)}, ` +
      `the record answers hash ${short(hash)}.`,
    { operation, recorded: { hash }, requested: { kind, hash: requested } },
  );
}

function diverged(message: string, details: Json): Failure {
  return { code: 'program.diverged', message, details };
}

const operations = (count: number): string => (count === 1 ? '1 operation' : `${count} operations`);

const short = (hash: Digest): string => hash.slice(0, 12);
