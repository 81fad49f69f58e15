import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RawRoute } from '../../gateway/gateway.ts';
import type { NamedServer } from './authorization-server.ts';

/** Header fields by which somebody in between would tell an address. */
const told = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port'];

export interface OAuthRoutesOptions {
  /** The server under the name by which a request came. */
  readonly server: (name: string) => Promise<NamedServer>;
  /** By which of its names a request asks for the issuer. */
  readonly nameFor: (message: IncomingMessage) => string;
  /** Counts a request of an address that has shown nothing yet; throws `limit.rate`. */
  readonly stranger: (address: string) => void;
}

type Handle = (server: NamedServer, message: IncomingMessage, response: ServerResponse) => Promise<void>;

const standard: Handle = ({ provider }, message, response) => provider.callback()(message, response);

/** The routes of the authorization server at the gateway. */
export function oauthRoutes({ server, nameFor, stranger }: OAuthRoutesOptions): RawRoute[] {
  const route = (method: RawRoute['method'], path: string, handle: Handle = standard): RawRoute => ({
    method,
    path,
    async handle(message, response) {
      // Each request is worth a signature or a row on the disk, whoever asks.
      stranger(message.socket.remoteAddress ?? '');
      const name = nameFor(message);
      address(message, new URL(name));
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('referrer-policy', 'no-referrer');
      await handle(await server(name), message, response);
    },
  });
  return [
    route('GET', '/.well-known/openid-configuration'),
    route('GET', '/.well-known/oauth-authorization-server'),
    route('GET', '/oauth/authorize'),
    route('POST', '/oauth/authorize'),
    route('GET', '/oauth/authorize/{uid}'),
    route('POST', '/oauth/token'),
    route('POST', '/oauth/revoke'),
    route('GET', '/oauth/sign-in/{uid}', ({ signIn }, message, response) =>
      signIn.show({ message, response }),
    ),
    route('POST', '/oauth/sign-in/{uid}', ({ signIn }, message, response) =>
      signIn.answer({ message, response }),
    ),
  ];
}

function address({ headers }: IncomingMessage, { protocol, host }: URL): void {
  for (const name of told) delete headers[name];
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  headers['x-forwarded-host'] = host;
}
