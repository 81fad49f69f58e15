import type { Json } from '../../../shared/domain/json.ts';
import type { Library } from './library/load.ts';
import { Stop, type StopReason } from './library/stop.ts';
import { Unsupported } from './plain.ts';

/** What came of an evaluation; plain data, so that it can come from another thread. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: Json }
  /** It returned nothing, which no field can hold. */
  | { readonly kind: 'nothing' }
  /** It returned a function, or something with one in it. */
  | { readonly kind: 'unsupported' }
  /** It threw; `why` is how the service's sentence goes on, with what stands between. */
  | { readonly kind: 'failed'; readonly why: string };

/** In the words of the service. */
const stopped: Readonly<Record<StopReason, string>> = {
  steps: 'Expression evaluation timeout: Check for infinite loop',
  pattern: 'Expression evaluation timeout: Check for infinite loop',
  memory: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
  depth:
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
};

/** Characters that the history keeps of a cause; the expression and the field take their share. */
const maxWhy = 16_384;

export function stoppedBy(reason: StopReason): Outcome {
  return { kind: 'failed', why: `: ${stopped[reason]}` };
}

/** What was thrown during an evaluation, as its outcome. */
export function outcomeOf(thrown: unknown, library: Library): Outcome {
  if (thrown instanceof Stop) return stoppedBy(thrown.reason);
  if (thrown instanceof Unsupported) return { kind: 'unsupported' };
  if (thrown instanceof RangeError) return stoppedBy(/length/.test(thrown.message) ? 'memory' : 'depth');
  return { kind: 'failed', why: told(thrown, library).slice(0, maxWhy) };
}

/** Errors of the language have a code and a sentence of their own; others are just told. */
function told(thrown: unknown, library: Library): string {
  if (typeof thrown !== 'object' || thrown === null) return `: ${String(thrown)}`;
  library.explain(thrown);
  const { code, message } = thrown as { readonly code?: unknown; readonly message?: unknown };
  return code === undefined ? `: ${String(message)}` : `. ${String(code)}: ${String(message)}`;
}
