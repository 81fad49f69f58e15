import definition from './definition.asl.json' with { type: 'json' };

/** What stands for `${…}` in the definition: a function name or ARN each. */
export interface RunFunctions {
  readonly PrepareFunction: string;
  readonly AdvanceFunction: string;
  readonly DispatchFunction: string;
  readonly AwaitFunction: string;
  readonly SuccessorFunction: string;
  readonly FinishFunction: string;
}

/** Functions named as their tasks are, where one process has them all: the embedded twin, tests. */
const byTask: RunFunctions = {
  PrepareFunction: 'prepare',
  AdvanceFunction: 'advance',
  DispatchFunction: 'dispatch',
  AwaitFunction: 'await',
  SuccessorFunction: 'successor',
  FinishFunction: 'finish',
};

const placeholder = /\$\{(\w+)\}/g;

/**
 * The run machine as Step Functions takes it (JSON text), with the functions of one deployment filled in; without any,
 * they have the names of their tasks.
 */
export function runDefinition(functions = byTask): string {
  return JSON.stringify(definition).replace(placeholder, (_, name: string) => {
    const value = functions[name as keyof RunFunctions];
    if (value === undefined) throw new Error(`The run machine has no function ${name}.`);
    return value;
  });
}
