import type { CompactShape, ServiceShapes } from '../../local/stepfunctions/test-state/service-shapes.ts';

/** As far as a service model of botocore is read. */
export interface ServiceModel {
  readonly metadata: { readonly serviceId: string };
  readonly operations: Readonly<Record<string, { readonly output?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Any JSON. */
  readonly document?: boolean;
  readonly eventstream?: boolean;
}

/** The answers of a service's actions, with only what a mocked result is checked for. */
export function compactShapes(model: ServiceModel): ServiceShapes {
  return new Compaction(model).run();
}

class Compaction {
  readonly #model: ServiceModel;
  readonly #numbers = new Map<string, number>();
  readonly #shapes: CompactShape[] = [];

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  run(): ServiceShapes {
    const actions = Object.entries(this.#model.operations).flatMap(([name, { output }]) =>
      output === undefined ? [] : [[name.toLowerCase(), this.#number(output.shape)] as const],
    );
    return { actions: Object.fromEntries(actions), shapes: this.#shapes };
  }

  /** Shapes are numbered when first met, so that one may refer to itself. */
  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#shapes.length;
    this.#numbers.set(name, number);
    this.#shapes.push({ t: 'any' });
    this.#shapes[number] = this.#compact(this.#model.shapes[name] as ModelShape);
    return number;
  }

  #compact(shape: ModelShape): CompactShape {
    if (shape.document || shape.eventstream) return { t: 'any' };
    const range = {
      ...(shape.min === undefined ? {} : { min: shape.min }),
      ...(shape.max === undefined ? {} : { max: shape.max }),
    };
    switch (shape.type) {
      case 'structure':
        return this.#structure(shape);
      case 'list':
        return { t: 'list', of: this.#number(shape.member?.shape ?? ''), ...range };
      case 'map':
        return { t: 'map', of: this.#number(shape.value?.shape ?? '') };
      case 'boolean':
        return { t: 'boolean' };
      case 'string':
        return shape.enum === undefined ? { t: 'string', ...range } : { t: 'string', enum: shape.enum };
      case 'blob':
        return { t: 'string', ...range };
      case 'timestamp':
        return { t: 'string' };
      default:
        return { t: 'number', ...range };
    }
  }

  #structure({ members = {}, required = [] }: ModelShape): CompactShape {
    const fields = Object.entries(members).map(([name, { shape }]) => [name, this.#number(shape)] as const);
    return {
      t: 'structure',
      fields: Object.fromEntries(fields),
      ...(required.length === 0 ? {} : { required }),
    };
  }
}
