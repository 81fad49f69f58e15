import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Run } from '../../../shared/protocol/runs.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { type SavedArtifact, saveArtifacts } from '../artifacts/save-artifacts.ts';
import type { Call } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { FollowEnd } from '../following/follow.ts';
import { commandLine, followRun } from '../following/follow-run.ts';
import { publishProgram } from '../programs/publish-program.ts';
import type { OpenServer } from '../server/open-server.ts';
import { cleanText } from '../terminal/clean.ts';
import { size } from '../terminal/units.ts';
import { wrap } from '../terminal/width.ts';
import type { CsvInput } from './csv-input.ts';

const program = fileURLToPath(new URL('../../../examples/quickstart/agent.ts', import.meta.url));

const agent = 'csv-report';

const description = 'Reads a CSV file, sets dirty rows aside, and writes a report with a chart';

/** Publishes the agent of the quickstart, lets it work, and saves what it made. */
export async function firstRun(call: Call, { server, csv }: Given): Promise<ExitCode> {
  const { yes = false, once = false } = call.values as QuickstartValues;
  const interrupted = call.interrupted();
  if (interrupted.aborted) return stoppedEarly(call);
  const client = call.connect();
  const { version } = await publishProgram(client, { file: program, agent, description });
  const found = await unfinishedRun(client, csv);
  if (interrupted.aborted) return stoppedEarly(call);
  const run = found ?? (await client.startRun({ agent, version: version.digest, ...csv.start }));
  if (!call.json) announce(call, { run, csv, found: found !== undefined });
  const end = await followRun(call, run.run, { yes, once, supervised: server.ours });
  return conclude(call, { run: run.run, end, server });
}

interface Given {
  readonly server: Pick<OpenServer, 'url' | 'ours'>;
  readonly csv: CsvInput;
}

function stoppedEarly({ output, json }: Call): ExitCode {
  if (!json) output.line('Stopped before the run went on.');
  return exitCodes.interrupted;
}

interface QuickstartValues {
  readonly yes?: boolean;
  readonly once?: boolean;
}

/** A run on the very same file that was cut off, whenever that was: nothing of it is lost. */
async function unfinishedRun(client: TandemClient, { digest }: CsvInput): Promise<Run | undefined> {
  const { items } = await client.listRuns({ agent });
  for (const { run, endedAt } of items) {
    if (endedAt !== undefined) continue;
    const view = await client.getRun(run);
    if ((view.input as { sha256?: string } | null)?.sha256 === digest) return view;
  }
  return undefined;
}

function announce({ output }: Call, { run, csv, found }: { run: Run; csv: CsvInput; found: boolean }): void {
  const { paint } = output;
  output.line(`Agent    ${run.agent} ${run.number}  ${paint('quiet', `on ${csv.name}, ${size(csv.size)}`)}`);
  const state = found ? 'was cut off earlier and goes on' : 'starts';
  output.line(`Run      ${paint('name', run.run)}  ${paint(found ? 'attention' : 'quiet', state)}`);
  output.line();
}

async function conclude(
  call: Call,
  { run, end, server }: { run: string; end: FollowEnd; server: Given['server'] },
): Promise<ExitCode> {
  const { output, json } = call;
  if (end.how === 'interrupted') {
    if (!json) output.line('The run is in its log; `npm start` goes on with it.');
    return exitCodes.interrupted;
  }
  if (end.how === 'approval') {
    if (json) output.record({ run: await call.connect().getRun(run), artifacts: [], url: server.url });
    else output.lines(approvalLines(call, server));
    return exitCodes.approvalWaits;
  }
  const client = call.connect();
  const [view, artifacts] = await Promise.all([client.getRun(run), client.listArtifacts(run)]);
  const folder = join(call.data, 'artifacts', run);
  const saved = await saveArtifacts(client, { run, artifacts, folder });
  if (json) output.record({ run: view, artifacts: saved, url: server.url });
  else showResult(call, view, saved);
  return view.status === 'succeeded' ? exitCodes.ok : exitCodes.failed;
}

/** The commands that decide it stand above already; they need a server. */
export function approvalLines(call: Call, { ours }: Given['server']): string[] {
  const otherwise = 'Or type this command again at a terminal, or with --yes: it goes on with the run.';
  if (!ours) return ['A person has to approve, with a command above.', otherwise];
  return [
    'A person has to approve, and the server ends with this command. Before approving, start one:',
    `  ${commandLine(call, 'up')}`,
    otherwise,
  ];
}

function showResult(call: Call, view: Run, saved: readonly SavedArtifact[]): void {
  const { output } = call;
  const { summary } = (view.output ?? {}) as { summary?: string };
  output.line();
  if (summary !== undefined) output.lines(wrap(cleanText(summary), output.columns));
  for (const { file } of saved) output.line(`  ${output.paint('name', pathToFileURL(file).href)}`);
  if ((call.values as QuickstartValues).once) return;
  output.line();
  output.line(`Look again:  ${commandLine(call, 'show', view.run)}`);
  output.line(`Prove it:    ${commandLine(call, 'verify', view.run)}`);
}
