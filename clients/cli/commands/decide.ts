import type { Approval } from '../../../shared/protocol/approvals.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { type Command, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Answer } from '../following/decider.ts';
import { cleanLine } from '../terminal/clean.ts';
import { UsageError } from '../usage-error.ts';
import { takeArguments } from './arguments.ts';

/** A command that decides an approval. */
export function decideCommand(answer: Answer): Command {
  return defineCommand({
    usage: 'APPROVAL|RUN [--reason TEXT]',
    options: { reason: { type: 'string', value: 'TEXT', help: 'why, for the record' } },
    details: 'A run may stand for its approval when it waits for exactly one.',
    async run(call) {
      const [named] = takeArguments(call, 'APPROVAL');
      const client = call.connect();
      const id = named.startsWith('run_') ? await onlyApproval(client, named) : named;
      const approval = await client[answer](id, call.values.reason);
      const { output, json } = call;
      if (json) output.document(approval);
      else output.line(sentence(approval, output.paint));
      return exitCodes.ok;
    },
  });
}

function sentence(
  { status, what, run }: Approval,
  paint: (tone: 'good' | 'bad', text: string) => string,
): string {
  const word = status === 'approved' ? paint('good', 'Approved') : paint('bad', 'Denied');
  return `${word}: ${cleanLine(what)}. ${run} goes on.`;
}

async function onlyApproval(client: TandemClient, run: string): Promise<string> {
  const { openApprovals } = await client.getRun(run);
  const [only, ...others] = openApprovals;
  if (!only) throw new UsageError(`${run} waits for no approval`);
  if (others.length === 0) return only.approval;
  const list = openApprovals.map(({ approval, what }) => `\n  ${approval}  ${cleanLine(what)}`);
  throw new UsageError(`${run} waits for ${openApprovals.length} approvals; name one:${list.join('')}`);
}
