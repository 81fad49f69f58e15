type Schema = Readonly<Record<string, unknown>>;

const definitions = '#/$defs/';
const components = '#/components/schemas/';

/** The schemas of a document that have a name: each stands in it once, and is referred to. */
export class Components {
  readonly #schemas = new Map<string, Schema>();

  /** Takes the definitions out of a schema; what is left refers to them where the document keeps them. */
  hoist({ $defs = {}, ...schema }: Schema): Schema {
    for (const [name, definition] of Object.entries($defs as Record<string, Schema>)) {
      this.#add(name, referred(definition) as Schema);
    }
    return referred(schema) as Schema;
  }

  /** By name, in the order of the alphabet. */
  get schemas(): Readonly<Record<string, Schema>> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** One name means one thing: a shape that differs on the way in and out needs two. */
  #add(name: string, schema: Schema): void {
    const known = this.#schemas.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`The schema ${name} is not the same everywhere`);
    }
    this.#schemas.set(name, schema);
  }
}

/** A copy whose references lead to the components of the document. */
function referred(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referred);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string'
        ? member.replace(definitions, components)
        : referred(member),
    ]),
  );
}
