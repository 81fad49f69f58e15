import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher starts the server itself. */
export const command = defineCommand({
  usage: '[--port N] [--data DIR] [--clock system|virtual] [--mock-config FILE] [--template FILE]',
  options: {
    port: { type: 'string', value: 'N', help: 'port (default: 8083; 0: any that is free)' },
    account: { type: 'string', value: 'N', help: 'account that ARNs name (default: 000000000000)' },
    region: { type: 'string', value: 'R', help: 'region that ARNs name (default: us-east-1)' },
    clock: { type: 'string', value: 'HOW', help: 'system, or virtual: a wait of a year takes no time' },
    'mock-config': { type: 'string', value: 'FILE', help: 'what tasks answer (or SFN_MOCK_CONFIG)' },
    'retention-days': { type: 'string', value: 'N', help: 'days that what has ended is kept (default: 90)' },
    template: { type: 'string', value: 'FILE', help: 'create the state machines of a template of the CDK' },
  },
  details:
    'Serves the API of AWS Step Functions on this machine, for the AWS CLI, SDKs and tests. Without --data everything\n' +
    'is forgotten at the end; with it executions go on after a restart, also after a kill.\n' +
    'With --json: a line when it listens, {"listening": {"url", "pid", …}}, and one when it has stopped, {"stopped": …}.',
  async run() {
    throw new UsageError(
      '`stepfunctions` is a command of the launcher: start it as `npx tandem stepfunctions`',
    );
  },
});
