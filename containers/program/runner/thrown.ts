/** What was thrown, in words; `stack` is empty for what is no error. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Takes apart whatever a program has thrown, from whichever realm. */
export function thrownOf(value: unknown): Thrown {
  try {
    const { name, message, stack } = Object(value) as Partial<Thrown>;
    if (typeof stack === 'string') return { name: String(name), message: String(message), stack };
    return {
      name: '',
      message: `threw ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      stack: '',
    };
  } catch {
    return { name: '', message: 'threw something that cannot be shown', stack: '' };
  }
}
