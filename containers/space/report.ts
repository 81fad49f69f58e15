import type {
  ClaimAnswer,
  HeartbeatAnswer,
  OutcomeAnswer,
  ReportMessage,
  UrlsAnswer,
} from '../../shared/protocol/report.ts';
import { send } from './http.ts';
import { insist } from './insist.ts';

interface Answers {
  claim: ClaimAnswer;
  heartbeat: HeartbeatAnswer;
  urls: UrlsAnswer;
  done: OutcomeAnswer;
  failed: OutcomeAnswer;
  stopped: OutcomeAnswer;
}

type Message<T extends ReportMessage['type']> = Extract<ReportMessage, { type: T }>;

/** The server has understood and said no: asking again is no use. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, answer: string) {
    super(`The server refused with ${status}: ${answer.slice(0, 500)}`);
    this.name = 'Refused';
    this.status = status;
  }
}

/** The one handler that a worker talks to. */
export class ReportLine {
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(address: string, ticket: string) {
    this.#address = address;
    this.#headers = { authorization: `Ticket ${ticket}`, 'content-type': 'application/json' };
  }

  /** Says something once. Throws {@link Refused}, or any other error when the server is out of reach. */
  async say<T extends ReportMessage['type']>(message: Message<T>): Promise<Answers[T]> {
    const { status, body } = await send(this.#address, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify(message),
    });
    if (status >= 400 && status < 500 && status !== 429) throw new Refused(status, body.toString());
    if (status !== 200) throw new Error(`The server answered ${status}`);
    return (JSON.parse(body.toString()) as { data: Answers[T] }).data;
  }

  /** Says it until it is heard, or `signal` aborts. */
  async insist<T extends ReportMessage['type']>(
    message: Message<T>,
    signal: AbortSignal,
  ): Promise<Answers[T]> {
    return insist(() => this.say<T>(message), {
      stop: signal,
      isFinal: (error) => error instanceof Refused,
    });
  }
}
