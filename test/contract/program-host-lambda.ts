import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programFunction } from '../../containers/program/program-function.ts';
import { runnerFile } from '../../containers/program/runner-file.ts';
import { wire } from '../../containers/program/wiring.ts';
import { LambdaProgramHost } from '../../shared/aws/lambda/program-host.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import type { Agents } from '../../shared/ports/agents.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import type { ProgramHost } from '../../shared/ports/program-host.ts';
import type { ProgramQuestion } from '../../shared/protocol/program-function.ts';
import { FakeLambda } from '../support/fake-lambda.ts';

export interface LambdaHost {
  readonly host: LambdaProgramHost;
  readonly lambda: FakeLambda;
  readonly blobs: Blobs;
  readonly passing: Blobs;
  /** Another process that asks the same function. */
  another(): LambdaProgramHost;
  close(): Promise<void>;
}

/** A host whose function has these programs, in environments that hold the real handler. */
export async function openLambdaHost(
  bundles: ReadonlyMap<string, string>,
  { forgetful = false } = {},
): Promise<LambdaHost> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-programs-'));
  const [blobs, passing] = [addressed('blobs'), addressed('passing')];
  const lambda = new FakeLambda({
    start: () => {
      const parts = wire({ runner: runnerFile, folder, access: accessTo({ blobs, passing }) });
      const handle = programFunction(parts);
      return { handle: forgetful ? forgetting(handle, parts.host) : handle, close: () => parts.host.close() };
    },
  });
  const agents = agentsOf(bundles, blobs);
  const another = () =>
    new LambdaProgramHost({
      client: lambda.client,
      functionName: 'program',
      tenancy: true,
      agents,
      blobs,
      passing,
    });
  const close = async () => {
    await lambda.close();
    await rm(folder, { recursive: true });
  };
  return { host: another(), lambda, blobs, passing, another, close };
}

/** As if every question came to an environment that has never heard of its run. */
function forgetting(handle: ReturnType<typeof programFunction>, host: ProgramHost): typeof handle {
  return async (event) => {
    const { tenant, run } = event as ProgramQuestion;
    host.forTenant(tenant).release(run.run);
    return handle(event);
  };
}

/** Addresses name which blobs they lead to, and whose. */
function addressed(place: string): Blobs {
  const blobs = new MemoryBlobs(new MemoryDisk().open());
  return {
    forTenant: (tenant) => {
      const mine = blobs.forTenant(tenant);
      return {
        put: (bytes) => mine.put(bytes),
        receive: (digest, bytes) => mine.receive(digest, bytes),
        get: (digest) => mine.get(digest),
        size: (digest) => mine.size(digest),
        remove: (digest, isWanted) => mine.remove(digest, isWanted),
        signedUrl: async (digest, { method }) => `memory:${method}/${place}/${tenant}/${digest}`,
      };
    },
  };
}

function accessTo(stores: Readonly<Record<string, Blobs>>) {
  const place = (url: string, method: string) => {
    const [asked, store = '', tenant = '', digest = ''] = url.replace('memory:', '').split('/');
    const mine = stores[store]?.forTenant(tenant);
    if (asked !== method || !mine) throw new Error(`${url} is not for ${method}`);
    return { mine, digest };
  };
  return {
    async text({ url }: { url: string }) {
      const { mine, digest } = place(url, 'GET');
      return Buffer.from((await mine.get(digest)) ?? 'nothing').toString('utf8');
    },
    async put(url: string, text: string) {
      await place(url, 'PUT').mine.put(Buffer.from(text));
    },
  };
}

function agentsOf(bundles: ReadonlyMap<string, string>, blobs: Blobs): Agents {
  const get = async (tenant: string, version: string) => {
    const { blob } = await blobs.forTenant(tenant).put(Buffer.from(bundles.get(version) ?? ''));
    return { bundle: blob };
  };
  const forTenant = (tenant: string) => ({ get: (_: string, version: string) => get(tenant, version) });
  return { forTenant } as unknown as Agents;
}
