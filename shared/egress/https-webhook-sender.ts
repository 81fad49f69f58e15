import { type IncomingMessage, request as requestHttp } from 'node:http';
import { type Agent, type RequestOptions, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isTandemError } from '../errors/tandem-error.ts';
import type { WebhookAnswer, WebhookRequest, WebhookSender } from '../ports/webhooks.ts';
import { type AddressRules, checkedUrl, hostOf, notPublic } from './address-rules.ts';
import { localNames, publicNames, type Resolve } from './resolve.ts';

export interface WebhookSenderOptions {
  /** For development: http, and addresses of this machine and its networks; default `false`. */
  readonly private?: boolean;
  /** Default: name servers; with `private` what this machine knows. */
  readonly resolve?: Resolve;
  /** Default: those of the public internet. */
  readonly allows?: (address: string) => boolean;
  /** Makes connections through a proxy, which is told addresses and no names; absent: each is made straight. */
  readonly throughProxy?: Agent;
  /** Milliseconds from the first look at the name to the answer; default 10,000. */
  readonly timeoutMs?: number;
}

/** Characters of an answer that are kept. */
const keptCharacters = 1_024;

/**
 * Sends over HTTPS, to the very address that was checked: the connection is made to what the one look-up has brought, so that
 * a name cannot lead elsewhere a moment later. Each request has a connection of its own, ended after the first kilobyte.
 */
export class HttpsWebhookSender implements WebhookSender {
  readonly #options: WebhookSenderOptions;

  constructor(options: WebhookSenderOptions = {}) {
    this.#options = options;
  }

  async check(url: string): Promise<void> {
    checkedUrl(url, await this.#rules());
  }

  async send({ url, headers, body }: WebhookRequest): Promise<WebhookAnswer> {
    const { timeoutMs = 10_000, throughProxy } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const address = checkedUrl(url, await this.#rules());
      const addresses = await within(signal, this.#addressesOf(hostOf(address)));
      const route = throughProxy ? proxied(address, addresses, throughProxy) : straight(addresses);
      return await exchange(address, { headers, body, route, signal });
    } catch (error) {
      return { error: signal.aborted ? `No answer within ${timeoutMs / 1_000} s` : sentenceOf(error) };
    }
  }

  async #addressesOf(host: string): Promise<readonly string[]> {
    if (isIP(host) !== 0) return [host];
    const { resolve = this.#options.private ? localNames : publicNames } = this.#options;
    const addresses = await resolve(host);
    const rules = await this.#rules();
    if (rules.private || addresses.every((address) => rules.allows(address))) return addresses;
    throw new Refusal(notPublic(host));
  }

  /** The ranges are loaded when the first webhook is: most servers have none. */
  async #rules(): Promise<AddressRules> {
    const { private: isPrivate = false, allows } = this.#options;
    return { private: isPrivate, allows: allows ?? (await import('./public-address.ts')).isPublic };
  }
}

/** In the reader's words already. */
class Refusal extends Error {}

interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly route: RequestOptions;
  readonly signal: AbortSignal;
}

function exchange(url: URL, { headers, body, route, signal }: Exchange): Promise<WebhookAnswer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: {
          ...headers,
          host: url.host,
          'content-length': Buffer.byteLength(body),
          connection: 'close',
        },
        ...route,
        signal,
      },
      (answer) => {
        // From here on the status stands, whatever becomes of the connection.
        sent.off('error', reject).on('error', () => {});
        answerOf(answer).then(resolve, reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const straight = (addresses: readonly string[]): RequestOptions => ({
  agent: false,
  lookup: answering(addresses),
});

/**
 * Names an address that was checked: a proxy that were told the name would look it up again. One of IPv4 where there is
 * one, as a proxy need not speak IPv6.
 */
function proxied(url: URL, addresses: readonly string[], agent: Agent): RequestOptions {
  const host = hostOf(url);
  const address = addresses.find((one) => isIP(one) === 4) ?? addresses[0];
  return { agent, hostname: address, ...(isIP(host) === 0 ? { servername: host } : {}) };
}

/** Answers every look-up with the addresses that were checked. */
function answering(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all: wantsAll }, callback) => {
    const [first] = all;
    if (wantsAll) callback(null, all);
    else if (first) callback(null, first.address, first.family);
  };
}

/** The status is the answer: a body that is endless or never comes changes nothing about it. */
async function answerOf(answer: IncomingMessage): Promise<WebhookAnswer> {
  let text = '';
  try {
    answer.setEncoding('utf8');
    for await (const piece of answer) {
      text += piece;
      if (text.length >= keptCharacters) break;
    }
  } catch {
    // Cut off, or out of time.
  }
  answer.destroy();
  const retryAfter = answer.headers['retry-after'] ?? '';
  return {
    status: answer.statusCode ?? 0,
    body: text.slice(0, keptCharacters),
    ...(/^\d{1,6}$/.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1_000 } : {}),
  };
}

function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nobody listens at the address',
  ECONNRESET: 'The connection was cut',
  ENOTFOUND: 'The name leads to no address',
  ENODATA: 'The name leads to no address',
  EHOSTUNREACH: 'The address cannot be reached',
  ENETUNREACH: 'The address cannot be reached',
};

function sentenceOf(error: unknown): string {
  if (isTandemError(error) || error instanceof Refusal) return error.message;
  const { code = '', message } = error as { code?: string; message: string };
  return sentences[code] ?? `It could not be sent: ${code || message}`;
}
