import type {
  OperationArguments,
  OperationKind,
  OperationResults,
} from '../../shared/protocol/operations.ts';
import type { Bridge } from '../../shared/protocol/program.ts';
import { OperationError, type OperationFailure } from './operation-error.ts';

/** Issues one operation and waits for its answer; throws {@link OperationError}. */
export type Operate = <K extends OperationKind>(
  kind: K,
  args: OperationArguments[K],
) => Promise<OperationResults[K]>;

export function operateThrough(bridge: Bridge): Operate {
  return async (kind, args) => {
    // Taken down here: when the answer comes, nothing may lead to the author's line any more.
    const called = new Error();
    const text = argumentText(kind, args);
    const { operation, ok, result } = await issue(bridge, kind, text);
    if (ok) return JSON.parse(result);
    const error = new OperationError(kind, operation, JSON.parse(result) as OperationFailure);
    error.stack = `${error.name}: ${error.message}${framesOf(called)}`;
    throw error;
  };
}

function framesOf({ stack = '' }: Error): string {
  const start = stack.indexOf('\n');
  return start < 0 ? '' : stack.slice(start);
}

interface Answer {
  readonly operation: number;
  readonly ok: boolean;
  readonly result: string;
}

function issue(bridge: Bridge, kind: string, text: string): Promise<Answer> {
  return new Promise((resolve) => {
    const operation = bridge.request(kind, text, (ok, result) => resolve({ operation, ok, result }));
  });
}

function argumentText(kind: OperationKind, args: unknown): string {
  const text = JSON.stringify(args);
  if (!text.includes('\\ud') || !unpairedSurrogate.test(text)) return text;
  throw new OperationError(kind, 0, {
    code: 'operation.invalid',
    message: 'the text in its arguments is not well-formed Unicode; send binary content as base64',
  });
}

/** The only characters above ASCII that JSON writes as an escape; a backslash in text is doubled. */
const unpairedSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;
