import { isApiError } from '../../sdk/api-error.ts';
import { defineCommand } from '../command.ts';
import { serverAddress } from '../discovery/server-address.ts';
import { exitCodes } from '../exit-codes.ts';
import { loginAt, loginPath, removeLogin } from '../login/login-file.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '[--server URL]',
  options: {
    server: { type: 'string', value: 'URL', help: 'the server (default: as for every command; TANDEM_URL)' },
  },
  details: 'Gives the tokens of `login` back and forgets them.',
  async run(call) {
    refuseMore(call, 0);
    const { output, json, surroundings, data, values } = call;
    const server = serverAddress(surroundings, data, values.server);
    const login = loginAt(server);
    const revoked = login !== undefined && (await isGivenBack(login));
    if (login !== undefined) removeLogin(loginPath(server));
    if (json) output.document({ logout: { server, signedIn: login !== undefined, revoked } });
    else if (login === undefined) output.line(`Nobody was signed in at ${server}.`);
    else output.line(`Signed out ${login.subject} at ${server}${revoked ? '' : ', which did not answer'}.`);
    return exitCodes.ok;
  },
});

/** What nobody takes back ends by itself. */
async function isGivenBack(
  login: Parameters<typeof import('../login/refresh.ts').revoke>[0],
): Promise<boolean> {
  const { revoke } = await import('../login/refresh.ts');
  try {
    await revoke(login);
    return true;
  } catch (error) {
    if (isApiError(error, 'server.unreachable')) return false;
    throw error;
  }
}
