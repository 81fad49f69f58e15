import { command } from 'tandem';

/** Runs so many commands, one after the other. */
export default async function run({ operations }: { readonly operations: number }) {
  for (let index = 1; index <= operations; index += 1) await command.run('make part');
  return { operations };
}
