import { agent, OperationError, signal } from 'tandem';

interface Input {
  /** Levels of calls below this one. */
  readonly levels: number;
  /** What the last one does. */
  readonly last: 'answers' | 'fails' | 'waits';
  /** Whether a failing call is caught. */
  readonly catches?: boolean;
  /** Which version of itself it calls. */
  readonly version?: string;
}

/** Calls itself, level by level, and adds up how many there were. */
export default async function run(input: Input): Promise<unknown> {
  const { levels, last, catches, version } = input;
  if (levels > 0) {
    try {
      const { output } = await agent.call<number>(
        'calling',
        { ...input, levels: levels - 1 },
        version === undefined ? {} : { version },
      );
      return output + 1;
    } catch (error) {
      if (!catches || !(error instanceof OperationError)) throw error;
      return { code: error.code, message: error.message };
    }
  }
  if (last === 'fails') throw new Error('The last one fails');
  if (last === 'waits') await signal.wait('never');
  return 1;
}
