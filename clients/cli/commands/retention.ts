import type { Retention } from '../../../shared/protocol/retention.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { count } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '[DAYS|forever]',
  options: {},
  details:
    'Shows how long runs are kept after their end, or says so: after DAYS they are removed with all that belongs to them.\n' +
    'Runs that were started with --keep are kept as they say. Changing it needs the role admin.',
  async run(call) {
    refuseMore(call, 1);
    const [typed] = call.arguments;
    const client = call.connect();
    const kept = typed === undefined ? await client.getRetention() : await client.setRetention(daysOf(typed));
    if (call.json) call.output.document(kept);
    else call.output.line(sentence(kept));
    return exitCodes.ok;
  },
});

function daysOf(typed: string): number | null {
  if (typed === 'forever') return null;
  if (/^[1-9]\d{0,4}$/.test(typed)) return Number(typed);
  throw new UsageError(`\`retention\` takes a number of days from 1 on, or \`forever\`, not \`${typed}\``);
}

function sentence({ days }: Retention): string {
  return days === null
    ? 'Runs are kept for ever.'
    : `Runs are removed ${count(days, 'day')} after their end.`;
}
