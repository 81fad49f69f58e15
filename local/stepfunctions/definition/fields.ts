import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { compilePath, type Path } from '../data-flow/path.ts';
import { compileTemplate } from '../data-flow/payload-template.ts';
import { PathSyntaxError } from '../data-flow/reference-path.ts';
import { compileResultPath, type ResultPath } from '../data-flow/result-path.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import { expressionText, isExpression } from '../jsonata/expression-text.ts';
import { jsonataProblems, type Offered } from '../jsonata/problems.ts';
import { compileValue } from '../jsonata/value.ts';
import { unsupportedField } from './field-languages.ts';
import type { Problem } from './problems.ts';
import type { QueryLanguage } from './query-language.ts';

/** What a field sees when it is evaluated: `$`, or `$states` and the rest of what it holds. */
export interface Given {
  readonly input: Json;
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** A field of a definition that is evaluated when its state runs. Throws `StateFailure`. */
export type Evaluate = (visit: Visit, given: Given) => Json;

interface Reading {
  readonly language: QueryLanguage;
  /** Of the machine as a whole. */
  readonly machineLanguage: QueryLanguage;
  /** Where in its state the object lies. */
  readonly path: string;
  /** Gathers the workflow variables that the state refers to. */
  readonly variables?: Set<string>;
}

/** Types of states that have a result. */
const worked: ReadonlySet<Json | undefined> = new Set(['Task', 'Parallel', 'Map']);

const root: Reading = { language: 'JSONPath', machineLanguage: 'JSONPath', path: '' };

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Whether fractions are allowed. */
  readonly fractions?: boolean;
}

/**
 * Reads the fields of one object of a definition. It collects problems instead of throwing, so that an author sees all
 * of them at once; what it returns in place of a bad field is never run.
 */
export class Fields {
  readonly location: string;
  readonly language: QueryLanguage;
  readonly machineLanguage: QueryLanguage;
  /** The workflow variables that the state, of which this is a part, has been found to refer to. */
  readonly variables: Set<string>;
  readonly #path: string;
  readonly #object: JsonObject;
  readonly #problems: Problem[];
  readonly #read = new Set<string>(['Comment']);

  constructor(object: JsonObject, location: string, problems: Problem[], reading: Reading = root) {
    this.#object = object;
    this.language = reading.language;
    this.machineLanguage = reading.machineLanguage;
    this.#path = reading.path;
    this.variables = reading.variables ?? new Set();
    this.location = location;
    this.#problems = problems;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  /** The raw value; marks the field as known. */
  json(name: string): Json | undefined {
    this.#read.add(name);
    return this.#object[name];
  }

  text(name: string): string | undefined {
    const value = this.json(name);
    if (value === undefined || typeof value === 'string') return value;
    this.complain('Expected value of type String', name);
    return undefined;
  }

  requiredText(name: string): string {
    this.require(name);
    return this.text(name) ?? '';
  }

  /** Complains of those that are not there. */
  require(...names: readonly string[]): void {
    const absent = names.filter((name) => !this.has(name));
    if (absent.length > 0) this.complain(`These fields are required: [${absent.join(', ')}]`);
  }

  flag(name: string): boolean | undefined {
    const value = this.json(name);
    if (value === undefined || typeof value === 'boolean') return value;
    this.complain('Expected value of type Boolean', name);
    return undefined;
  }

  number(name: string, { min, max, fractions = false }: NumberRange): number | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(fractions || Number.isInteger(value))) {
      this.complain(`Expected value of type ${fractions ? 'Number' : 'Integer'}`, name);
      return undefined;
    }
    if (value < min || value > max) this.complain(`Value must be from ${min} to ${max}`, name);
    return value;
  }

  texts(name: string): readonly string[] {
    const value = this.json(name);
    if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
      return value;
    if (value === undefined) this.require(name);
    else if (Array.isArray(value) && value.length === 0) this.complain('Value cannot be empty', name);
    else this.complain('Expected a list of strings', name);
    return [];
  }

  /** A list of objects, each to be read in turn; absent is empty. */
  objects(name: string): readonly Fields[] {
    const value = this.json(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((item: Json, index) => this.#child(item, `${name}[${index}]`));
    this.complain('Expected value of type Array', name);
    return [];
  }

  /** States by name; absent is empty. They start from the machine's language, whatever the state around them speaks. */
  states(name: string): ReadonlyMap<string, Fields> {
    const value = this.json(name);
    if (value === undefined) return new Map();
    if (!isObject(value)) {
      this.complain('Expected value of type Object', name);
      return new Map();
    }
    const { machineLanguage: language } = this;
    return new Map(
      Object.entries(value).map(([key, item]) => [
        key,
        this.#child(item, `${name}/${key}`, { path: '', language }),
      ]),
    );
  }

  object(name: string): Fields {
    return this.#child(this.json(name) ?? null, name);
  }

  path(name: string): Path | undefined {
    const source = this.text(name);
    return source === undefined ? undefined : this.#referring(name, () => compilePath(source));
  }

  /** A path that may be `null`. */
  nullablePath(name: string): Path | null | undefined {
    return this.json(name) === null ? null : this.path(name);
  }

  resultPath(name: string): ResultPath | undefined {
    if (!this.has(name)) return undefined;
    const source = this.json(name) === null ? null : this.text(name);
    return source === undefined ? undefined : this.#compiled(name, () => compileResultPath(source));
  }

  /** A payload template, or in JSONata any value with expressions in it. */
  evaluated(name: string): Evaluate | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    if (this.language === 'JSONata') return this.#jsonata(name, value);
    const template = this.#referring(name, () => compileTemplate(value));
    return template === undefined ? undefined : (visit, { input }) => template(visit.scope(input));
  }

  /** A path, or an intrinsic in its place. `absent` words the failure of a path that leads nowhere. */
  dynamicPath(name: string, absent?: (source: string, input: Json) => string): Evaluate | undefined {
    const source = this.text(name);
    if (source === undefined) return undefined;
    if (source.startsWith('States.')) return this.#intrinsic(name, source);
    const path = this.#referring(name, () => compilePath(source));
    if (path === undefined) return undefined;
    return (visit, { input }) => {
      const scope = visit.scope(input);
      if (absent === undefined) return path.read(scope);
      const found = path.find(scope);
      if (found !== undefined) return found;
      throw runtimeFailure(absent(source, input));
    };
  }

  #intrinsic(name: string, source: string): Evaluate | undefined {
    const template = this.#referring(name, () => compileTemplate({ 'value.$': source }));
    if (template === undefined) return undefined;
    return (visit, { input }) => (template(visit.scope(input)) as JsonObject)['value'] as Json;
  }

  /** In JSONata, the expression that stands in place of a value; `undefined` where a plain value stands. */
  expression(name: string): Evaluate | undefined {
    const value = this.json(name);
    if (this.language !== 'JSONata' || typeof value !== 'string' || !isExpression(value)) return undefined;
    return this.#jsonata(name, value);
  }

  /** The expression or the path in a field, as messages quote it. */
  source(name: string): string {
    const text = String(this.#object[name]);
    return isExpression(text) ? expressionText(text) : text;
  }

  /** A field as the history names it, from its state on: `Catch[0]/Output`. */
  fieldPath(name: string): string {
    return this.#path === '' ? name : `${this.#path}/${name}`;
  }

  /** At most one of these may be there. */
  exclusive(...names: readonly string[]): void {
    if (names.filter((name) => this.has(name)).length < 2) return;
    this.complain(`Only one of the fields [${names.join(', ')}] may be given`);
  }

  complain(message: string, field?: string, code: Problem['code'] = 'SCHEMA_VALIDATION_FAILED'): void {
    const location = field === undefined ? this.location || '/' : `${this.location}/${field}`;
    this.#problems.push({ code, message, location });
  }

  /** Complains about what nobody has asked for. */
  close(): void {
    for (const name of Object.keys(this.#object)) {
      if (!this.#read.has(name)) this.complain(unsupportedField(name, this.language));
    }
  }

  #child(value: Json, name: string, own: Partial<Reading> = {}): Fields {
    const location = `${this.location}/${name}`;
    const { language, machineLanguage, variables } = this;
    const path = own.path ?? this.fieldPath(name);
    const reading = { language, machineLanguage, path, ...(path === '' ? {} : { variables }), ...own };
    if (isObject(value)) return new Fields(value, location, this.#problems, reading);
    this.complain('Expected value of type Object', name);
    return new Fields({}, location, [], reading);
  }

  /** The same object, read in a language of its own. */
  in(language: QueryLanguage): Fields {
    const fields = new Fields(this.#object, this.location, this.#problems, {
      language,
      machineLanguage: this.machineLanguage,
      path: this.#path,
      variables: this.variables,
    });
    fields.json('QueryLanguage');
    return fields;
  }

  #jsonata(name: string, value: Json): Evaluate | undefined {
    const problems = jsonataProblems(value, this.#offered(name));
    for (const { code, message, path } of problems)
      this.#problems.push({ code, message, location: `${this.location}/${name}${path}` });
    if (problems.length > 0) return undefined;
    const evaluate = compileValue(value, this.fieldPath(name));
    this.#refer(evaluate);
    return evaluate;
  }

  #refer({ variables }: { readonly variables: readonly string[] }): void {
    for (const variable of variables) this.variables.add(variable);
  }

  /** What `$states` has in a field: a result where a state has done its work, an error in what catches it. */
  #offered(name: string): Offered {
    const ends = name === 'Output' || name === 'Assign';
    return {
      result: ends && this.#path === '' && worked.has(this.#object['Type']),
      errorOutput: ends && this.#path.startsWith('Catch['),
    };
  }

  /** Compiles what tells the variables that it refers to. */
  #referring<T extends { readonly variables: readonly string[] }>(
    name: string,
    compile: () => T,
  ): T | undefined {
    const compiled = this.#compiled(name, compile);
    if (compiled !== undefined) this.#refer(compiled);
    return compiled;
  }

  #compiled<T>(name: string, compile: () => T): T | undefined {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof PathSyntaxError)) throw error;
      this.complain(error.message, name);
      return undefined;
    }
  }
}
