import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import { TandemClient } from '../../clients/sdk/client.ts';
import type { Connection } from '../../clients/sdk/transport.ts';

/** What there is when the fuzz begins: values by the name of the parameter or member that they are good for. */
export type Known = Readonly<Record<string, readonly string[]>>;

const agents = ['busy', 'csv-report'] as const;
const number = '1.0.0';
const alias = 'stable';

/** Publishes harmless programs and starts runs of them: some have ended, some wait for a person. */
export async function furnish(connection: Connection): Promise<Known> {
  const client = new TandemClient(connection);
  const entry = fileURLToPath(new URL('agents/busy.ts', import.meta.url));
  const { code: bundle } = await bundleProgram(entry);
  for (const agent of agents) await client.publishVersion(agent, { number, bundle });
  for (const agent of agents) await client.setAlias(agent, alias, { version: number });
  const ended = await Promise.all(agents.map((agent) => client.startRun({ agent }, { wait: 20 })));
  const waiting = await Promise.all(
    Array.from({ length: 12 }, () => client.startRun({ agent: 'busy', input: { wait: true } })),
  );
  const runs = [...ended, ...waiting].map(({ run }) => run);
  return {
    agent: agents,
    version: [number],
    alias: [alias],
    run: runs,
    parent: runs,
    approval: await Promise.all(waiting.map(({ run }) => approvalOf(client, run))),
    name: ['notes.txt', 'paid'],
  };
}

async function approvalOf(client: TandemClient, run: string): Promise<string> {
  for await (const { type } of client.events(run)) if (type === 'approval.requested') break;
  const { items } = await client.listApprovals({ run });
  return items[0]?.approval ?? '';
}
