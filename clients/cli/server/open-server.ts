import { relative } from 'node:path';
import type { Call } from '../command.ts';
import { readServerFile } from '../discovery/server-file.ts';
import { duration } from '../terminal/units.ts';
import { findRunningServer } from './running-server.ts';
import type { ServerEnd } from './server-process.ts';
import { Supervisor } from './supervisor.ts';

/** A server to work with. */
export interface OpenServer {
  readonly url: string;
  readonly pid: number;
  /** Whether it ends with this command. */
  readonly ours: boolean;
  /** Rejects when the server cannot be kept running. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** The server that runs on the data folder, or one that is started for this command. */
export async function openServer(call: Call, port: number | undefined): Promise<OpenServer> {
  const running = await findRunningServer(call.data);
  const server = running ? runningServer(running.url, call.data) : await startedServer(call, port);
  if (!call.json) announce(call, server);
  return server;
}

function runningServer(url: string, data: string): OpenServer {
  return {
    url,
    pid: readServerFile(data)?.pid ?? 0,
    ours: false,
    failed: new Promise<never>(() => {}),
    close: async () => {},
  };
}

async function startedServer({ data, output, json }: Call, port: number | undefined): Promise<OpenServer> {
  const began = performance.now();
  if (!json) output.live.show(() => `starts the server · ${duration(performance.now() - began)}`);
  const supervisor = await Supervisor.start({
    data,
    ...(port === undefined ? {} : { port }),
    onRestart: (end) => {
      if (!json) output.line(output.paint('attention', restartText(end)));
    },
    onReturn: () => {
      if (!json) output.line(output.paint('attention', 'The server is back; the run goes on from its log.'));
    },
  }).finally(() => output.live.hide());
  return {
    get url() {
      return supervisor.url;
    },
    get pid() {
      return supervisor.pid;
    },
    ours: true,
    failed: supervisor.failed,
    close: () => supervisor.stop(),
  };
}

function restartText({ code, signal }: ServerEnd): string {
  return `The server was ended by ${signal ?? `itself (code ${code})`}; it is started again.`;
}

function announce({ output, data, surroundings }: Call, { url, ours, pid }: OpenServer): void {
  const path = relative(surroundings.cwd, data);
  const place = path.startsWith('..') ? data : `${path || '.'}`;
  const how = ours ? 'started' : 'already running';
  output.line(
    `Server   ${output.paint('name', url)}  ${output.paint('quiet', `${how}, process ${pid}, data in ${place}`)}`,
  );
}
