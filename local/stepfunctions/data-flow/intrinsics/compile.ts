import type { Json } from '../../../../shared/domain/json.ts';
import { InterpretationFailure, runtimeFailure } from '../../errors/state-failure.ts';
import { jsonText } from '../json-text.ts';
import { compileExplainedPath } from '../path.ts';
import { PathSyntaxError } from '../reference-path.ts';
import type { Scope } from '../scope.ts';
import { checkSize } from '../size.ts';
import { arrays } from './arrays.ts';
import { type Intrinsic, InvalidArguments } from './call.ts';
import { format, unescaped } from './format.ts';
import { json } from './json.ts';
import { numbers } from './numbers.ts';
import { parseIntrinsic } from './parse.ts';
import { strings } from './strings.ts';
import type { Expression } from './syntax.ts';

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map([
  ...Object.entries({ ...arrays, ...json, ...numbers, ...strings }),
  ['States.Format', format],
]);

type Evaluate = (scope: Scope) => Json;

/** A call of an intrinsic function compiled once and evaluated often. */
export interface IntrinsicCall {
  /** Ends the state as `States.IntrinsicFailure`, or as `States.Runtime` where an argument is not there. */
  readonly evaluate: Evaluate;
  /** Names of the workflow variables that its arguments refer to. */
  readonly variables: readonly string[];
}

/** Whether a text is meant to be a call. */
export function isIntrinsic(source: string): boolean {
  return source.startsWith('States.');
}

/** Throws `PathSyntaxError`. */
export function compileIntrinsic(source: string): IntrinsicCall {
  const compiler = new IntrinsicCompiler(source);
  const evaluate = compiler.compile(parseIntrinsic(source));
  return { evaluate, variables: [...compiler.variables] };
}

class IntrinsicCompiler {
  readonly variables = new Set<string>();
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  compile(expression: Expression): Evaluate {
    switch (expression.kind) {
      case 'literal':
        return () => expression.value;
      case 'text': {
        const text = unescaped(expression.written);
        return () => text;
      }
      case 'path':
        return this.#compilePath(expression);
      case 'call':
        return this.#compileCall(expression);
    }
  }

  #compilePath({ source, tree }: Extract<Expression, { readonly kind: 'path' }>): Evaluate {
    const path = compileExplainedPath(source, tree);
    for (const variable of path.variables) this.variables.add(variable);
    return (scope) => {
      const found = path.find(scope);
      if (found !== undefined) return found;
      const { kind, explanation } = path.miss(scope);
      if (kind === 'not-a-list') throw runtimeFailure(this.#explain(explanation));
      // Of a path into the context object, the service tells the part after the first `$`.
      const argument = path.context ? source.slice(1) : source;
      const input = jsonText(scope.input);
      throw runtimeFailure(
        this.#explain(
          `The JsonPath argument for the field '${argument}' could not be found in the input '${input}'`,
        ),
      );
    };
  }

  #compileCall({ name, args }: Extract<Expression, { readonly kind: 'call' }>): Evaluate {
    const called = intrinsics.get(name);
    if (called === undefined) throw new PathSyntaxError(`There is no intrinsic function '${name}'`);
    const [least, most] = called.arity;
    if (args.length < least || args.length > most)
      throw new PathSyntaxError(`${name} does not take ${args.length} arguments`);
    const reads = args.map((arg, index) => this.#compileArgument(called, arg, index));
    return (scope) => {
      const values = reads.map((read) => read(scope));
      return this.#apply(name, () => checkSize(called.apply(values, scope)));
    };
  }

  /** A format sees its first argument as it is written, as only that tells an escaped brace from a placeholder. */
  #compileArgument(called: Intrinsic, argument: Expression, index: number): Evaluate {
    if (called !== format || index > 0 || argument.kind !== 'text') return this.compile(argument);
    return () => argument.written;
  }

  #apply(name: string, apply: () => Json): Json {
    try {
      return apply();
    } catch (error) {
      if (!(error instanceof InvalidArguments)) throw error;
      const detail = `Invalid arguments in ${name}: ${error.message}`;
      throw new InterpretationFailure('States.IntrinsicFailure', this.#explain(detail));
    }
  }

  #explain(detail: string): string {
    return `The function '${this.#source}' had the following error: ${detail}`;
  }
}
