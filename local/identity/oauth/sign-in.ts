import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Logger } from '../../../shared/logging/logger.ts';
import type { Accounts } from '../people/accounts.ts';
import { resource, scopes } from './configuration.ts';
import { readForm } from './form.ts';
import { setPageHeaders } from './page-headers.ts';
import { errorPage, type SignInPage, signInPage } from './pages.ts';
import type { Throttle } from './throttle.ts';

export interface SignInOptions {
  readonly provider: Provider;
  readonly accounts: Accounts;
  readonly throttle: Throttle;
  readonly log: Logger;
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

const wrong = 'Account or password are wrong.';

/** The page on which somebody signs in, and allows by it what asks to act for them. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  async show(exchange: Exchange): Promise<void> {
    const interaction = await this.#interaction(exchange);
    if (interaction !== undefined) await this.#page(exchange, interaction, 200, {});
  }

  async answer(exchange: Exchange): Promise<void> {
    const { provider } = this.#options;
    const form = await readForm(exchange.message, new URL(provider.issuer).origin);
    const interaction = await this.#interaction(exchange);
    if (interaction === undefined) return;
    const { message, response } = exchange;
    if (form.get('answer') === 'cancel') {
      const refusal = { error: 'access_denied', error_description: 'The sign-in was cancelled' };
      return provider.interactionFinished(message, response, refusal, { mergeWithLastSubmission: false });
    }
    await this.#check(exchange, interaction, form);
  }

  async #check(exchange: Exchange, interaction: Interaction, form: URLSearchParams): Promise<void> {
    const { accounts, throttle, log, provider } = this.#options;
    const name = (form.get('name') ?? '').trim().toLowerCase().slice(0, 64);
    const attempt = { account: name, address: exchange.message.socket.remoteAddress ?? '' };
    const wait = throttle.wait(attempt);
    if (wait > 0) {
      exchange.response.setHeader('retry-after', String(wait));
      const fault = `Too many attempts. Try again in ${Math.ceil(wait / 60)} min.`;
      return this.#page(exchange, interaction, 429, { name, fault });
    }
    throttle.begin(attempt);
    const account = await accounts.signIn(name, form.get('password') ?? '');
    if (account === undefined) {
      log.warn('A sign-in failed', { address: attempt.address });
      return this.#page(exchange, interaction, 401, { name, fault: wrong });
    }
    throttle.succeeded(attempt);
    log.info('Signed in', { subject: name, address: attempt.address });
    const grant = new provider.Grant({ accountId: name, clientId: String(interaction.params['client_id']) });
    grant.addOIDCScope(scopes.identity);
    grant.addResourceScope(resource, scopes.api);
    const result = { login: { accountId: name, remember: false }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(exchange.message, exchange.response, result, {
      mergeWithLastSubmission: false,
    });
  }

  /** The sign-in that this browser is in; one that has ended, or is another browser's, is told so. */
  async #interaction({ message, response }: Exchange): Promise<Interaction | undefined> {
    try {
      const interaction = await this.#options.provider.interactionDetails(message, response);
      if (message.url === `/oauth/sign-in/${interaction.uid}`) return interaction;
    } catch (error) {
      if ((error as Error).name !== 'SessionNotFound') throw error;
    }
    setPageHeaders(response);
    send(response, 400, errorPage('It has ended, or was begun in another browser.'));
    return undefined;
  }

  async #page(
    { response }: Exchange,
    { uid, params }: Interaction,
    status: number,
    said: Pick<SignInPage, 'name' | 'fault'>,
  ): Promise<void> {
    const { provider } = this.#options;
    const client = await provider.Client.find(String(params['client_id']));
    setPageHeaders(response, new URL(String(params['redirect_uri'])).origin);
    const page = signInPage({
      action: `/oauth/sign-in/${uid}`,
      application: client?.clientName ?? String(params['client_id']),
      server: new URL(provider.issuer).host,
      ...said,
    });
    send(response, status, page);
  }
}

function send(response: ServerResponse, status: number, page: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(page));
  response.end(response.req.method === 'HEAD' ? undefined : page);
}
