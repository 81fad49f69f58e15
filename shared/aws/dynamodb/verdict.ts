import type { Item } from './items.ts';

/**
 * What is to be done about a failure. `again`: the same once more, as it would have worked at another moment. `passing`:
 * the same, but the client has already tried a few times itself. `refused`: a condition did not hold; what the items
 * were is told, where it is known. `failed`: nothing helps.
 */
export type Verdict =
  | { readonly kind: 'again' | 'passing' | 'failed' }
  | { readonly kind: 'refused'; readonly items: readonly (Refusal | undefined)[] };

/** A condition that did not hold, and the item it was about. */
export interface Refusal {
  readonly item?: Item;
}

/** What DynamoDB says in the words of its errors; see `CancellationReasons` in its reference. */
interface ServiceFailure {
  readonly name?: string;
  readonly code?: string;
  readonly Item?: Item;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[];
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const again: ReadonlySet<string> = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'Unfinished',
]);

/** Reasons for which one item alone can cancel a transaction that is right. */
const passingReasons: ReadonlySet<string> = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

const passing: ReadonlySet<string> = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
]);

/** Codes of failures on the way to the service and back. */
const onTheWay: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

export function verdictOn(error: unknown): Verdict {
  const { name = '', code = '', Item, CancellationReasons, $metadata } = (error ?? {}) as ServiceFailure;
  if (name === 'ConditionalCheckFailedException') return { kind: 'refused', items: [refusal(Item)] };
  if (name === 'TransactionCanceledException') return verdictOnReasons(CancellationReasons ?? []);
  if (again.has(name)) return { kind: 'again' };
  const isPassing =
    passing.has(name) || onTheWay.has(code) || onTheWay.has(name) || ($metadata?.httpStatusCode ?? 0) >= 500;
  return { kind: isPassing ? 'passing' : 'failed' };
}

/** A condition that did not hold counts before everything else: the same transaction would not succeed later either. */
function verdictOnReasons(reasons: NonNullable<ServiceFailure['CancellationReasons']>): Verdict {
  const codes = reasons.map(({ Code = 'None' }) => Code);
  if (codes.includes('ConditionalCheckFailed')) {
    const items = reasons.map(({ Code, Item }) =>
      Code === 'ConditionalCheckFailed' ? refusal(Item) : undefined,
    );
    return { kind: 'refused', items };
  }
  const canPass = codes.length > 0 && codes.every((code) => passingReasons.has(code));
  return { kind: canPass ? 'again' : 'failed' };
}

const refusal = (item: Item | undefined): Refusal => (item === undefined ? {} : { item });
