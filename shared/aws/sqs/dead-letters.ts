import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { serviceError } from '../sdk/service-error.ts';

export interface DeadLetter {
  /** The message as it came, whatever it holds. */
  readonly body: string;
  /** Why nobody can do what it asks, in a sentence. */
  readonly reason: string;
  /** How often it was delivered. */
  readonly attempt: number;
}

export interface DeadLettersOptions {
  readonly client: Pick<SQSClient, 'send'>;
  /** Address of the queue whose messages they were; that of its dead letters is the same with `-dead` at its end. */
  readonly url: string;
}

/** The longest reason that is kept, in characters. */
const longestReason = 1_000;

/**
 * Takes messages that nobody can work off, each with its reason: SQS itself moves a message that was delivered too often,
 * and says nothing of why.
 */
export class DeadLetters {
  readonly #client: Pick<SQSClient, 'send'>;
  readonly #url: string;

  constructor({ client, url }: DeadLettersOptions) {
    this.#client = client;
    this.#url = `${url}-dead`;
  }

  /** Kept when it resolves: the message may then be acknowledged. */
  async put({ body, reason, attempt }: DeadLetter): Promise<void> {
    const text = (value: string) => ({ DataType: 'String', StringValue: value });
    const message = {
      QueueUrl: this.#url,
      MessageBody: body,
      MessageAttributes: {
        reason: text(storable(reason) || 'No reason was given.'),
        attempt: { DataType: 'Number', StringValue: String(attempt) },
      },
    };
    try {
      await this.#client.send(new SendMessageCommand(message));
    } catch (error) {
      throw serviceError(error, `the queue ${this.#url}`);
    }
  }
}

/** Without the control characters that SQS refuses. */
function storable(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '\ufffd').slice(0, longestReason);
}
