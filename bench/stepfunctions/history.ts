import { setTimeout as after } from 'node:timers/promises';
import { ServerProcess } from '../../test/support/server-process.ts';
import { StatesClient } from '../../test/support/states-client.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const events = 25_000;
/** Times it is read from one end to the other; the first only warms both ends up. */
const passes = 5;

/** Goes round until the history is full, which ends it. */
const definition = JSON.stringify({
  StartAt: 'Round',
  States: {
    Round: { Type: 'Pass', Result: { note: 'x'.repeat(100) }, ResultPath: '$.last', Next: 'Enough' },
    Enough: {
      Type: 'Choice',
      Choices: [{ Variable: '$.enough', IsPresent: true, Next: 'Done' }],
      Default: 'Round',
    },
    Done: { Type: 'Succeed' },
  },
});

interface Page {
  readonly events: readonly { readonly id: number }[];
  readonly nextToken?: string;
}

/** Pages of a history as long as they get, one after the other, over the wire. */
export async function longHistory(): Promise<readonly Figure[]> {
  const server = await ServerProcess.inNewFolder({ command: 'stepfunctions' });
  try {
    await server.start();
    const client = new StatesClient(server);
    const executionArn = await fill(client);
    const figures: Figure[] = [];
    for (const maxResults of [1_000, 100]) {
      for (const reverseOrder of [false, true]) {
        const times: number[] = [];
        for (let pass = 0; pass < passes; pass += 1) {
          const taken = await pageThrough(client, { executionArn, maxResults, reverseOrder });
          if (pass > 0) times.push(...taken);
        }
        figures.push({
          name: `${events.toLocaleString('en')} events, a page of ${maxResults}${reverseOrder ? ' backwards' : ''}`,
          unit: 'ms',
          value: distribution(times),
          targets: [below('p99', 100)],
        });
      }
    }
    client.close();
    return figures;
  } finally {
    await server.remove();
  }
}

async function fill(client: StatesClient): Promise<string> {
  const roleArn = 'arn:aws:iam::000000000000:role/bench';
  const { stateMachineArn } = await client.call<{ stateMachineArn: string }>('CreateStateMachine', {
    name: 'round',
    definition,
    roleArn,
  });
  const { executionArn } = await client.call<{ executionArn: string }>('StartExecution', { stateMachineArn });
  for (;;) {
    const { status } = await client.call<{ status: string }>('DescribeExecution', { executionArn });
    if (status !== 'RUNNING') return executionArn;
    await after(20);
  }
}

/** Milliseconds of each page. Throws where an event is missing or comes twice. */
async function pageThrough(
  client: StatesClient,
  asked: { readonly executionArn: string; readonly maxResults: number; readonly reverseOrder: boolean },
): Promise<readonly number[]> {
  const times: number[] = [];
  const ids = new Set<number>();
  let nextToken: string | undefined;
  do {
    const began = performance.now();
    const page = await client.call<Page>('GetExecutionHistory', {
      ...asked,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    times.push(performance.now() - began);
    for (const { id } of page.events) ids.add(id);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  if (ids.size !== events) throw new Error(`The history shows ${ids.size} events.`);
  return times;
}
