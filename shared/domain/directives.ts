/** What a run needs next. Times are ISO 8601 UTC. `world` and policy approvals join with their parts. */
export type Directive =
  /** Ask the program; also when a step's time or operation budget is reached. */
  | { readonly kind: 'advance' }
  | {
      readonly kind: 'command';
      readonly operation: number;
      readonly place: 'function' | 'task';
      readonly timeoutMs: number;
      /** The earliest of what is awaited beside the command. */
      readonly deadline?: string;
    }
  | {
      readonly kind: 'approval';
      readonly operation: number;
      readonly approval: string;
      readonly deadline: string;
    }
  | {
      readonly kind: 'signal';
      /** What a person would say the run waits for. */
      readonly reason: 'paused' | 'signal' | 'time' | 'child';
      readonly deadline?: string;
    }
  /** Before the execution's history or age limit: a successor takes over. */
  | { readonly kind: 'handover' }
  | { readonly kind: 'finish' };

export type DirectiveKind = Directive['kind'];
