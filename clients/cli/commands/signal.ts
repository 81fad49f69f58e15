import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { readJson } from '../input/json-value.ts';
import { takeArguments } from './arguments.ts';

export const command = defineCommand({
  usage: 'RUN NAME [--payload JSON|@FILE]',
  options: {
    payload: { type: 'string', value: 'JSON|@FILE', help: 'what the run receives (default: null)' },
  },
  async run(call) {
    const [run, name] = takeArguments(call, 'RUN', 'NAME');
    const { payload } = call.values;
    const view = await call.connect().signalRun(run, {
      name,
      ...(payload === undefined
        ? {}
        : { payload: await readJson('--payload', payload, call.surroundings.cwd) }),
    });
    if (call.json) call.output.document(view);
    else call.output.line(`${run} has the signal ${name}.`);
    return exitCodes.ok;
  },
});
