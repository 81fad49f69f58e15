import { canonicalJson, sha256 } from './canonical.ts';
import type { Digest } from './content.ts';
import type { Json } from './json.ts';
import type { OperationKind } from './operations.ts';

/**
 * The identity of an operation: SHA-256 over the canonical JSON of `{arguments, kind}`. Answers are matched by it and
 * approvals bound to it. Throws `request.invalid` for arguments that JSON cannot say.
 */
export function operationHash(kind: OperationKind, args: Json): Digest {
  return sha256(canonicalJson({ arguments: args, kind }));
}
