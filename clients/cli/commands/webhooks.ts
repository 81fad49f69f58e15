import type { Delivery, Webhook } from '../../../shared/protocol/webhooks.ts';
import { webhookEvent } from '../../../shared/protocol/webhooks.ts';
import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';
import { localTime } from '../views/run-table.ts';
import { refuseMore } from './arguments.ts';

const options = {
  event: {
    type: 'string',
    multiple: true,
    value: 'EVENT',
    help: 'of `add`: what it is told; repeatable (default: the ends of runs, approvals)',
  },
  description: { type: 'string', value: 'TEXT', help: 'of `add`: what it is for' },
  dead: { type: 'boolean', help: 'of `deliveries`: only those that were given up' },
} as const;

/** Arguments of verbs that don't take two. */
const most: Readonly<Record<string, number>> = { list: 1, replay: 3 };

type WebhooksCall = Call<typeof options>;

const verbs = 'list, add URL, remove|test|secret|deliveries WEBHOOK, or replay WEBHOOK DELIVERY';

export const command = defineCommand({
  usage: 'list | add URL | remove|test|secret|deliveries WEBHOOK | replay WEBHOOK DELIVERY',
  options,
  details:
    `Events: ${webhookEvent().options.slice(0, 4).join(', ')},\n` +
    `${webhookEvent().options.slice(4, 8).join(', ')},\n` +
    `${webhookEvent().options.slice(8).join(', ')}.\n` +
    '`add` and `secret` print the secret that messages are signed with, this once.',
  async run(call) {
    const [verb = 'list', subject, delivery] = call.arguments;
    refuseMore(call, most[verb] ?? 2);
    if (verb === 'list') return list(call);
    if (subject === undefined) throw new UsageError(`\`webhooks\` takes ${verbs}`);
    if (verb === 'add') return add(call, subject);
    if (verb === 'remove') return remove(call, subject);
    if (verb === 'secret') return changeSecret(call, subject);
    if (verb === 'test') return test(call, subject);
    if (verb === 'deliveries') return deliveries(call, subject);
    if (verb === 'replay' && delivery !== undefined) return replay(call, subject, delivery);
    throw new UsageError(`\`webhooks\` takes ${verbs}`);
  },
});

const usual = ['run.succeeded', 'run.failed', 'run.cancelled', 'approval.requested'] as const;

async function add(call: WebhooksCall, url: string): Promise<ExitCode> {
  const { event = usual, description } = call.values;
  const events = event.map((name) => {
    const { success, data } = webhookEvent().safeParse(name);
    if (success) return data;
    throw new UsageError(`--event takes ${webhookEvent().options.join(', ')}, not \`${name}\``);
  });
  const added = await call
    .connect()
    .addWebhook({ url, events, ...(description === undefined ? {} : { description }) });
  const { output, json } = call;
  if (json) output.document(added);
  else {
    output.line(`${output.paint('name', added.webhook)} is told ${events.join(', ')}.`);
    saySecret(call, added.secret);
  }
  return exitCodes.ok;
}

async function changeSecret(call: WebhooksCall, webhook: string): Promise<ExitCode> {
  const changed = await call.connect().changeWebhookSecret(webhook);
  if (call.json) call.output.document(changed);
  else {
    call.output.line(`For a day ${webhook} is signed with the secret before as well.`);
    saySecret(call, changed.secret);
  }
  return exitCodes.ok;
}

function saySecret({ output }: WebhooksCall, secret: string): void {
  output.line(`Secret, shown this once:  ${secret}`);
}

async function list(call: WebhooksCall): Promise<ExitCode> {
  const items = await call.connect().listWebhooks();
  const { output, json } = call;
  if (json) output.document({ items });
  else if (items.length === 0) output.line('No webhooks: add one with `npx tandem webhooks add URL`.');
  else output.lines(webhookTable(items, output));
  return exitCodes.ok;
}

async function remove(call: WebhooksCall, webhook: string): Promise<ExitCode> {
  const removed = await call.connect().removeWebhook(webhook);
  if (call.json) call.output.document(removed);
  else call.output.line(`${webhook} is removed; nothing more is sent to ${cleanLine(removed.url)}.`);
  return exitCodes.ok;
}

async function test(call: WebhooksCall, webhook: string): Promise<ExitCode> {
  const sent = await call.connect().testWebhook(webhook);
  if (call.json) call.output.document(sent);
  else call.output.line(outcomeOf(sent));
  return sent.status === 'delivered' ? exitCodes.ok : exitCodes.failed;
}

async function deliveries(call: WebhooksCall, webhook: string): Promise<ExitCode> {
  const page = await call.connect().listDeliveries(webhook, call.values.dead ? { status: 'dead' } : {});
  const { output, json } = call;
  if (json) output.document(page);
  else if (page.items.length === 0) output.line('Nothing was sent yet.');
  else output.lines(deliveryTable(page.items, output));
  return exitCodes.ok;
}

async function replay(call: WebhooksCall, webhook: string, delivery: string): Promise<ExitCode> {
  const again = await call.connect().replayDelivery(webhook, delivery);
  if (call.json) call.output.document(again);
  else call.output.line(`${delivery} is sent again, under the same id.`);
  return exitCodes.ok;
}

function outcomeOf({ status, last }: Delivery): string {
  if (status === 'delivered') return `Delivered: it answered ${last?.status} within ${last?.took} ms.`;
  return `Not delivered: ${cleanLine(last?.error ?? 'nobody knows why')}.`;
}

function webhookTable(webhooks: readonly Webhook[], output: WebhooksCall['output']): string[] {
  return table<Webhook>(
    webhooks,
    [
      { title: 'webhook', text: ({ webhook }) => webhook, tone: () => 'name' },
      { title: 'status', text: ({ status }) => status, optional: true },
      { title: 'address', text: ({ url }) => cleanLine(url), gives: true },
      { title: 'events', text: ({ events }) => events.join(', '), gives: true },
    ],
    output,
  );
}

function deliveryTable(sent: readonly Delivery[], output: WebhooksCall['output']): string[] {
  return table<Delivery>(
    sent,
    [
      { title: 'delivery', text: ({ delivery }) => delivery, tone: () => 'name' },
      { title: 'event', text: ({ event }) => event },
      { title: 'status', text: ({ status }) => status },
      { title: 'tries', text: ({ attempts }) => String(attempts), right: true, optional: true },
      { title: 'made', text: ({ createdAt }) => localTime(createdAt), tone: () => 'quiet', optional: true },
      { title: 'last', text: ({ last }) => cleanLine(last?.error ?? ''), gives: true },
    ],
    output,
  );
}
