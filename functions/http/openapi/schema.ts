import * as z from 'zod';
import type { Components } from './components.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * A schema of the wire as JSON Schema 2020-12; what has a name of its own stands among the components. Where text stands
 * for something else on the way in (a number in a query), its `wire` metadata say what clients may send.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Components): Schema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // Answers grow: a client that was made from an older document must bear what it does not know.
      if (io === 'output') delete jsonSchema.additionalProperties;
      const wire = z.globalRegistry.get(zodSchema)?.['wire'];
      if (wire === undefined) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, wire);
    },
  });
  return components.hoist(json);
}
