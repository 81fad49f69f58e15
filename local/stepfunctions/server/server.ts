import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { openDataFolder } from '../../data-folder/data-folder.ts';
import { lockDataFolder } from '../../data-folder/lock.ts';
import { giveBackSpareMemory } from '../../spare-memory.ts';
import { type ApiHandler, createApiHandler } from '../api/handler.ts';
import { type ApiServer, listen } from '../api/listen.ts';
import { defaultPlace } from '../arns.ts';
import type { MockConfig } from '../mocks/schema.ts';
import { defaultRetentionDays, scheduleRetention } from '../retention.ts';
import type { TemplatedMachine } from '../templates/machines-of.ts';
import { install } from './install.ts';
import { journalFile } from './journal-file.ts';
import { wireEngine } from './wiring.ts';

export interface ServerOptions {
  /** 0, which is the default: any that is free. */
  readonly port?: number;
  /** Folder of its journal; without it everything is forgotten at the end. */
  readonly data?: string;
  /** What its ARNs name; by default `000000000000` and `us-east-1`. */
  readonly account?: string;
  readonly region?: string;
  /** `virtual`: time stands still while anything is under way, and jumps to what is due next once nothing is. */
  readonly clock?: 'system' | 'virtual';
  readonly mocks?: MockConfig;
  /** Days that an execution is kept after its end; by default 90. On the virtual clock everything is kept. */
  readonly retentionDays?: number;
  /** Created at the start; one that is there already follows its new definition. */
  readonly machines?: readonly TemplatedMachine[];
  /** Told of failures that are not about a request. */
  readonly onError?: (error: unknown) => void;
}

/** Step Functions alone, on the loopback interface. */
export interface StepFunctionsServer {
  /** To be given to SDKs as their endpoint. */
  readonly url: string;
  /** Keeps virtual time from moving until what it returns is called. */
  hold(): () => void;
  /** Parks what runs and, where there is a folder, leaves it whole. */
  close(): Promise<void>;
}

/**
 * Serves the engine alone. Throws `port.taken`, `server.running` where another server uses the folder,
 * `template.invalid` for machines that the service refuses, and what opening its journal throws.
 */
export async function startServer(options: ServerOptions = {}): Promise<StepFunctionsServer> {
  const folder = options.data === undefined ? undefined : await openDataFolder(options.data);
  const lock = folder === undefined ? undefined : lockDataFolder(folder);
  try {
    return await serve(options, { file: folder && journalFile(folder), release: () => lock?.release() });
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function serve(
  options: ServerOptions,
  { file, release }: { readonly file: string | undefined; release(): void },
): Promise<StepFunctionsServer> {
  const { account = defaultPlace.account, region = defaultPlace.region, clock = 'system', mocks } = options;
  const { stepFunctions, hold } = wireEngine({ file, place: { account, region }, clock, mocks });
  await stepFunctions.open({});
  const { onError, retentionDays: days = defaultRetentionDays } = options;
  const retention = {
    journal: stepFunctions.journal,
    clock: stepFunctions.clock,
    days,
    onError: onError ?? (() => {}),
  };
  const handle = createApiHandler(stepFunctions, onError === undefined ? {} : { onError });
  const server = await begin(handle, options).catch(async (error: unknown) => {
    await stepFunctions.close();
    throw error;
  });
  const forgetting = clock === 'system' ? scheduleRetention(retention) : undefined;
  const givingBack = clock === 'system' ? giveBackSpareMemory(stepFunctions.clock) : undefined;
  const close = async (): Promise<void> => {
    forgetting?.();
    givingBack?.();
    await server.close();
    await stepFunctions.close();
    release();
  };
  return { url: server.url, hold, close };
}

async function begin(handle: ApiHandler, { machines = [], port }: ServerOptions): Promise<ApiServer> {
  for (const machine of machines) await install(handle, machine);
  return await bind(handle, port);
}

async function bind(handle: ApiHandler, port = 0): Promise<ApiServer> {
  try {
    return await listen(handle, { port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new TandemError('port.taken', { message: `Port ${port} is taken`, details: { port }, cause });
  }
}
