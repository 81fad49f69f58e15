/** A node of a parsed expression, as far as it is looked at here. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly expressions?: readonly Node[];
  readonly expression?: Node;
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly body?: Node;
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly pattern?: Node;
  readonly update?: Node;
  readonly delete?: Node;
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly terms?: readonly { readonly expression: Node }[];
  readonly predicate?: readonly Stage[];
  readonly stages?: readonly Stage[];
  readonly group?: { readonly lhs: readonly (readonly [Node, Node])[] };
  /** The name that `@$name` binds. */
  readonly focus?: string;
  /** The name that `#$name` binds. */
  readonly index?: string;
  readonly signature?: unknown;
}

export interface Stage {
  readonly type: string;
  readonly expr?: Node;
  readonly value?: string;
}
