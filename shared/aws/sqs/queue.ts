import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Json } from '../../domain/json.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Queue, QueueMessage } from '../../ports/queue.ts';
import { serviceError } from '../sdk/service-error.ts';

export interface SqsQueueOptions {
  readonly client: Pick<SQSClient, 'send'>;
  /** Address of the queue, as SQS gives it. */
  readonly url: string;
}

/** SQS delays a message by this many seconds and no more. */
const longestDelay = 900;

/** SQS gives so many messages at once and no more. */
const mostAtOnce = 10;

/** A standard queue of SQS: messages are JSON; a delivery is named by its receipt, which the next one changes. */
export class SqsQueue implements Queue {
  readonly #client: Pick<SQSClient, 'send'>;
  readonly #url: string;

  constructor({ client, url }: SqsQueueOptions) {
    this.#client = client;
    this.#url = url;
  }

  /** Throws `limit.exceeded` for a delay beyond 15 minutes: what is due later belongs into a projection. */
  async send(body: Json, { delaySeconds }: { readonly delaySeconds?: number } = {}): Promise<void> {
    if (delaySeconds !== undefined && delaySeconds > longestDelay) {
      throw new TandemError('limit.exceeded', {
        message: `A message is delayed by ${longestDelay} seconds at most.`,
        details: { delaySeconds, limit: longestDelay },
      });
    }
    const delay = delaySeconds === undefined ? {} : { DelaySeconds: Math.ceil(delaySeconds) };
    const message = { QueueUrl: this.#url, MessageBody: JSON.stringify(body), ...delay };
    await this.#ask(() => this.#client.send(new SendMessageCommand(message)));
  }

  async receive(limit: number, visibilitySeconds: number): Promise<readonly QueueMessage[]> {
    const asked = {
      QueueUrl: this.#url,
      MaxNumberOfMessages: Math.min(limit, mostAtOnce),
      VisibilityTimeout: visibilitySeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount' as const],
    };
    const { Messages = [] } = await this.#ask(() => this.#client.send(new ReceiveMessageCommand(asked)));
    return Messages.map(({ ReceiptHandle = '', Body = 'null', Attributes }) => ({
      id: ReceiptHandle,
      body: JSON.parse(Body) as Json,
      attempt: Number(Attributes?.ApproximateReceiveCount ?? 1),
    }));
  }

  /** A receipt that is used up, or never was one, harms nobody. */
  async delete(id: string): Promise<void> {
    try {
      await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle: id }));
    } catch (error) {
      if (error instanceof Error && noReceipt.has(error.name)) return;
      throw serviceError(error, `the queue ${this.#url}`);
    }
  }

  async #ask<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw serviceError(error, `the queue ${this.#url}`);
    }
  }
}

const noReceipt = new Set(['ReceiptHandleIsInvalid', 'InvalidParameterValue', 'InvalidIdFormat']);
