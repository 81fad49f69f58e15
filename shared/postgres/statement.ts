/** One statement, parsed and planned once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Value = string | number | boolean | null | readonly string[];

export type Row = Readonly<Record<string, unknown>>;

const named = new Map<string, string>();

/** A statement under a name of its own: PostgreSQL knows prepared ones by that. */
export function statement(name: string, text: string): Statement {
  const other = named.get(name);
  if (other !== undefined && other !== text) throw new Error(`Two statements are named ${name}.`);
  named.set(name, text);
  return { name, text };
}
