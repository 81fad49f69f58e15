import type { Verification } from '../../../shared/protocol/verification.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Paint } from '../terminal/paint.ts';
import { count } from '../terminal/units.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN]',
  options: {},
  details:
    'Checks every payload against its digest, every link of the chain, that no event is missing or foreign, the\n' +
    'head and its signature, and that the events fold to a legal state. Without RUN: the newest one.',
  async run(call) {
    const id = await runOf(call);
    const verification = await call.connect().verifyRun(id);
    const { output, json } = call;
    if (json) output.document(verification);
    else output.lines(verdictLines(verification, output.paint));
    return verification.findings.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
});

function verdictLines({ run, events, findings, head }: Verification, paint: Paint): string[] {
  if (findings.length > 0) {
    return [
      `${paint('bad', 'Damaged')}  ${run}`,
      ...findings.map(({ kind, message }) => `  ${paint('bad', kind.padEnd(10))}${message}`),
    ];
  }
  const signed = head?.signature
    ? `head signed by key ${head.signature.key}`
    : 'not ended, so its head is not signed yet';
  return [
    `${paint('good', 'Sound')}  ${run}`,
    `  ${count(events, 'event')}, one unbroken chain; ${signed}`,
    ...(head ? [`  head ${paint('quiet', head.hash)}`] : []),
  ];
}
