import type { Json } from '../../../shared/protocol/json.ts';
import type { TandemClient } from '../../sdk/client.ts';
import type { Call } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { shellWord } from '../shell-word.ts';
import { cleanText } from '../terminal/clean.ts';
import { approveAll } from './approve-all.ts';
import { Ask } from './ask.ts';
import type { Decider } from './decider.ts';
import { type FollowEnd, follow } from './follow.ts';
import { nameCommand } from './name-command.ts';
import { JsonViewer, TimelineViewer } from './viewer.ts';

export interface FollowRunOptions {
  /** Approve whatever the run asks for. */
  readonly yes: boolean;
  /** End, instead of waiting, when a person has to approve. */
  readonly once: boolean;
  /** Whoever keeps the server running tells of its outages. */
  readonly supervised?: boolean;
  /** Ends the following as Ctrl-C does. */
  readonly stop?: AbortSignal;
}

/** Options of every command that follows a run. */
export const followOptions = {
  yes: { type: 'boolean', help: 'approve whatever the run asks for' },
  once: { type: 'boolean', help: 'end with code 4, instead of waiting, when a person has to approve' },
} as const;

/** Shows a run until it ends, and decides its approvals the way this call can. */
export async function followRun(call: Call, run: string, options: FollowRunOptions): Promise<FollowEnd> {
  const { output, json } = call;
  const interrupted = options.stop ?? call.interrupted();
  const decider = deciderOf(call, options);
  return follow({
    run,
    connect: () => call.connect(),
    viewer: json ? new JsonViewer(output) : new TimelineViewer(output),
    decider,
    stopAtApproval: options.once && !options.yes && !(decider instanceof Ask),
    supervised: options.supervised ?? false,
    interrupted,
  });
}

function deciderOf(call: Call, { yes }: FollowRunOptions): Decider {
  const { output, json, surroundings } = call;
  const client = (): TandemClient => call.connect();
  if (yes) return approveAll(client);
  if (json) return nameCommand(() => {});
  if (!surroundings.interactive) {
    return nameCommand(({ approval }) => {
      output.line(`Approve with:  ${commandLine(call, 'approve', approval)}`);
      output.line(`or deny with:  ${commandLine(call, 'deny', approval)}`);
    });
  }
  return new Ask({
    terminal: process.stdin,
    decide: async (approval, answer) => void (await client()[answer](approval)),
    onInterrupt: () => process.emit('SIGINT', 'SIGINT'),
    onProblem: (error) => output.line(output.paint('bad', (error as Error).message)),
  });
}

/** How a command has to be typed to reach the same server. */
export function commandLine(call: Call, ...words: string[]): string {
  const { data } = call.values as { data?: string };
  return ['npx tandem', ...words, ...(data === undefined ? [] : ['--data', shellWord(data)])].join(' ');
}

/** The last thing said about a run that was followed, and the exit code that follows from it. */
export async function conclude(call: Call, run: string, end: FollowEnd): Promise<ExitCode> {
  if (end.how === 'approval') {
    if (call.json) call.output.record({ run: await call.connect().getRun(run) });
    return exitCodes.approvalWaits;
  }
  if (end.how === 'interrupted') {
    if (!call.json) call.output.line(`\nThe run goes on. Watch it with:  ${commandLine(call, 'watch', run)}`);
    return exitCodes.interrupted;
  }
  const client = call.connect();
  const view = await client.getRun(run);
  if (call.json) call.output.record({ run: view });
  else showOutput(call, await client.outputOf(view));
  return view.status === 'succeeded' ? exitCodes.ok : exitCodes.failed;
}

function showOutput({ output }: Call, value: Json | undefined): void {
  if (value === undefined || value === null) return;
  output.line();
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  output.line(cleanText(text));
}
