import type { Json } from '../../../shared/domain/json.ts';
import type { Fields, Given } from '../definition/fields.ts';
import type { Visit } from '../executions/visit.ts';
import type { Result } from '../states/state.ts';
import { emptyObject, type JsonData } from './json-data.ts';
import { type ResultPath, resultReplaces } from './result-path.ts';

/** How data go through a state: what it works on, and what it puts out and assigns. */
export interface Flow {
  /** The state's input as its fields see it. */
  effective(visit: Visit): Json;
  /** What the state works on. */
  prepare(visit: Visit): Json;
  /** What it puts out for a result; `known`: the result's data, where they are at hand. */
  finish(visit: Visit, result: Json, known?: JsonData): Result;
  /** What a state without a result of its own puts out; `assigns`: whether its own `Assign` holds. */
  pass(visit: Visit, assigns?: boolean): Result;
}

/** What a state's fields may be, besides those that every state has. */
export interface FlowShape {
  /** `Parameters`, or `Arguments`. */
  readonly arguments?: boolean;
  /** `ResultSelector`. */
  readonly selector?: boolean;
  /** `ResultPath`. */
  readonly resultPath?: boolean;
  /** `Assign`. */
  readonly assign?: boolean;
}

export function readFlow(fields: Fields, shape: FlowShape): Flow {
  return fields.language === 'JSONata' ? readJsonataFlow(fields, shape) : readJsonPathFlow(fields, shape);
}

/** `InputPath`, `Parameters`, the work, `ResultSelector`, `Assign` and `ResultPath`, `OutputPath`. */
function readJsonPathFlow(fields: Fields, shape: FlowShape): Flow {
  const inputPath = fields.nullablePath('InputPath');
  const outputPath = fields.nullablePath('OutputPath');
  const parameters = shape.arguments === true ? fields.evaluated('Parameters') : undefined;
  const selector = shape.selector === true ? fields.evaluated('ResultSelector') : undefined;
  const resultPath = readResultPath(fields, shape);
  const assign = shape.assign === false ? undefined : fields.evaluated('Assign');

  const filtered = (visit: Visit): Json => {
    const { value } = visit.input;
    if (inputPath === undefined) return value;
    return inputPath === null ? emptyObject.value : inputPath.read(visit.scope(value));
  };
  const effective = (visit: Visit): Json => {
    const input = filtered(visit);
    visit.probe?.('afterInputPath', input);
    return input;
  };
  const output = (visit: Visit, whole: Json, known?: JsonData): JsonData => {
    if (outputPath === null) return emptyObject;
    const value = outputPath === undefined ? whole : outputPath.read(visit.scope(whole));
    return visit.limited(value, known);
  };
  const assigned = (visit: Visit, result: Json): JsonData | undefined =>
    assign === undefined ? undefined : visit.assigned(assign(visit, { input: result }));

  return {
    effective,
    prepare(visit) {
      const input = effective(visit);
      const prepared = parameters === undefined ? input : parameters(visit, { input });
      visit.probe?.('afterParameters', prepared);
      return prepared;
    },
    finish(visit, result, known) {
      const selected = selector === undefined ? result : selector(visit, { input: result });
      visit.probe?.('afterResultSelector', selected);
      const whole = resultPath(visit.input.value, selected);
      visit.probe?.('afterResultPath', whole);
      return { assigned: assigned(visit, selected), output: output(visit, whole, known) };
    },
    pass(visit, assigns = true) {
      const input = effective(visit);
      return { assigned: assigns ? assigned(visit, input) : undefined, output: output(visit, input) };
    },
  };
}

function readResultPath(fields: Fields, shape: FlowShape): ResultPath {
  return (shape.resultPath === true ? fields.resultPath('ResultPath') : undefined) ?? resultReplaces;
}

/** `Arguments`, the work, `Assign` and `Output`. */
function readJsonataFlow(fields: Fields, shape: FlowShape): Flow {
  const given = shape.arguments === true ? fields.evaluated('Arguments') : undefined;
  const output = fields.evaluated('Output');
  const assign = shape.assign === false ? undefined : fields.evaluated('Assign');
  const exit = (visit: Visit, seen: Given, assigns: boolean, known?: JsonData): Result => {
    const { result = seen.input } = seen;
    const value = output === undefined ? result : output(visit, seen);
    const assigned = assign === undefined || !assigns ? undefined : visit.assigned(assign(visit, seen));
    return { assigned, output: visit.limited(value, known) };
  };
  return {
    effective: (visit) => visit.input.value,
    prepare(visit) {
      const input = visit.input.value;
      const prepared = given === undefined ? input : given(visit, { input });
      if (given !== undefined) visit.probe?.('afterArguments', prepared);
      return prepared;
    },
    finish: (visit, result, known) => exit(visit, { input: visit.input.value, result }, true, known),
    pass: (visit, assigns = true) => exit(visit, { input: visit.input.value }, assigns),
  };
}
