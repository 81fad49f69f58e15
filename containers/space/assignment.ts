import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Placement, Worker } from '../../shared/domain/events.ts';
import { taskArn } from './task-arn.ts';

/** What a worker is started with; the same names are read from its environment and from its first line of input. */
export interface Settings {
  /** Where `POST /v1/report` is, in full. */
  readonly TANDEM_REPORT?: string;
  /** The ticket: the worker's only credential, for one operation. */
  readonly TANDEM_TICKET?: string;
  /** `<run>-<operation>`: what every process of the command can read. */
  readonly TANDEM_OPERATION?: string;
  /** JSON of how the worker is known to who started it; default: its process id. */
  readonly TANDEM_WORKER?: string;
  /** JSON of where it was put, where there was a choice. */
  readonly TANDEM_PLACEMENT?: string;
  /** JSON of origins, and where to connect instead. */
  readonly TANDEM_ORIGINS?: string;
  /** A folder for this worker alone, which exists; default: a new one. */
  readonly TANDEM_FOLDER?: string;
  /** The certificate (PEM) that the server shows, where it made it itself. */
  readonly TANDEM_CERTIFICATE?: string;
}

export interface Assignment {
  readonly report: string;
  readonly ticket: string;
  readonly operation: string;
  readonly worker: Worker;
  readonly placement?: Placement;
  /** Absolute, without links. */
  readonly folder: string;
}

/** Takes settings as the assignment they make. */
export async function assignmentFrom(settings: Settings): Promise<Assignment> {
  const {
    TANDEM_REPORT: report,
    TANDEM_TICKET: ticket,
    TANDEM_OPERATION: operation,
    TANDEM_WORKER: worker,
  } = settings;
  if (!report || !ticket || !operation) {
    throw new Error('A worker needs TANDEM_REPORT, TANDEM_TICKET and TANDEM_OPERATION.');
  }
  const folder = settings.TANDEM_FOLDER ?? (await mkdtemp(join(tmpdir(), 'tandem-')));
  return {
    report,
    ticket,
    operation,
    worker: worker ? (JSON.parse(worker) as Worker) : await ownIdentity(),
    ...(settings.TANDEM_PLACEMENT ? { placement: JSON.parse(settings.TANDEM_PLACEMENT) as Placement } : {}),
    folder: await realpath(folder),
  };
}

/** A task of ECS knows its own name; any other process is known by its number. */
async function ownIdentity(): Promise<Worker> {
  const arn = await taskArn();
  return arn === undefined ? { kind: 'process', id: String(process.pid) } : { kind: 'task', id: arn };
}

/**
 * Settings as the first line of standard input, for a worker that is started before it is known what for.
 * `undefined` when the input ends: whoever started the worker is gone or does not need it.
 */
export async function awaitSettings(): Promise<Settings | undefined> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    process.stdin.destroy();
    return JSON.parse(line) as Settings;
  }
  return undefined;
}
