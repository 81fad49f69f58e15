import type { AuditVerification } from '../../../shared/protocol/audit.ts';
import type { Finding, Verification } from '../../../shared/protocol/verification.ts';
import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Paint } from '../terminal/paint.ts';
import { count } from '../terminal/units.ts';
import { refuseMore, runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN | FILE] [--audit] [--platform]',
  options: {
    key: { type: 'string', value: 'KEY', help: 'of a FILE: the key that its heads have to be signed with' },
    audit: { type: 'boolean', help: "the tenant's audit log instead of a run" },
    platform: { type: 'boolean', help: 'the audit log of the platform (role platform)' },
  },
  details:
    'Checks every payload against its digest, every link of the chain, that no event is missing or foreign, the\n' +
    'head and its signature, and that the events fold to a legal state. Without RUN: the newest one.\n' +
    'A FILE that `export` has made is checked without a server: also that every blob is in it that a log names.',
  async run(call) {
    const { audit = false, platform = false } = call.values;
    if (audit || platform) return verifyAudit(call, platform);
    const id = await runOf(call);
    const verification = await call.connect().verifyRun(id);
    const { output, json } = call;
    if (json) output.document(verification);
    else output.lines(verdictLines(verification, output.paint));
    return verification.findings.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
});

async function verifyAudit(call: Call, platform: boolean): Promise<ExitCode> {
  refuseMore(call, 0);
  const verification = await call.connect().verifyAudit({ platform });
  const { output, json } = call;
  if (json) output.document(verification);
  else output.lines(auditVerdict(verification, output.paint));
  return verification.findings.length === 0 ? exitCodes.ok : exitCodes.failed;
}

function auditVerdict({ tenant, events, findings, head }: AuditVerification, paint: Paint): string[] {
  const what = `audit log of ${tenant}`;
  if (findings.length > 0) return damaged(what, findings, paint);
  return [
    `${paint('good', 'Sound')}  ${what}`,
    `  ${count(events, 'event')}, one unbroken chain`,
    ...(head
      ? [`  head ${paint('quiet', head.hash)}`, `  of ${head.at}; keep it elsewhere, to compare`]
      : []),
  ];
}

function damaged(what: string, findings: readonly Finding[], paint: Paint): string[] {
  return [
    `${paint('bad', 'Damaged')}  ${what}`,
    ...findings.map(({ kind, message }) => `  ${paint('bad', kind.padEnd(10))}${message}`),
  ];
}

function verdictLines({ run, events, findings, head, erased = [] }: Verification, paint: Paint): string[] {
  if (findings.length > 0) return damaged(run, findings, paint);
  const signed = head?.signature
    ? `head signed by key ${head.signature.key}`
    : 'not ended, so its head is not signed yet';
  return [
    `${paint('good', 'Sound')}  ${run}`,
    `  ${count(events, 'event')}, one unbroken chain; ${signed}`,
    ...(head ? [`  head ${paint('quiet', head.hash)}`] : []),
    ...erased.map((one) => `  ${paint('attention', 'erased'.padEnd(10))}${erasureLine(one)}`),
  ];
}

function erasureLine({ seq, by, at, reason }: NonNullable<Verification['erased']>[number]): string {
  return cleanLine(`event ${seq} by ${by.replace(/^user:/, '')}, ${at.slice(0, 10)}: ${reason}`);
}
