import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { ApiHandler, ApiResponse } from '../api/handler.ts';
import type { TemplatedMachine } from '../templates/machines-of.ts';

/** Creates a state machine, or updates the one of that name. Throws `template.invalid` where the service refuses. */
export async function install(handle: ApiHandler, machine: TemplatedMachine): Promise<void> {
  const created = await ask(handle, 'CreateStateMachine', machine);
  if (created.status === 200) return;
  const refusal = JSON.parse(created.body) as { readonly __type: string; readonly message: string };
  const { __type: type, message } = refusal;
  const known = /arn:\S+:stateMachine:[^\s']+/.exec(message)?.[0];
  if (type !== 'StateMachineAlreadyExists' || known === undefined) throw refused(machine, message);
  const { definition, roleArn } = machine;
  const updated = await ask(handle, 'UpdateStateMachine', { stateMachineArn: known, definition, roleArn });
  if (updated.status !== 200)
    throw refused(machine, (JSON.parse(updated.body) as { readonly message: string }).message);
}

const ask = (handle: ApiHandler, action: string, input: object): Promise<ApiResponse> =>
  handle({ target: `AWSStepFunctions.${action}`, body: JSON.stringify(input) });

function refused({ name }: TemplatedMachine, why: string): TandemError {
  return new TandemError('template.invalid', { message: `The state machine ${name} is refused: ${why}` });
}
