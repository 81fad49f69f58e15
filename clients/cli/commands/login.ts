import { stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { serverAddress } from '../discovery/server-address.ts';
import { addressOf } from '../discovery/server-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { loginPath, readLogin, writeLogin } from '../login/login-file.ts';
import { openBrowser } from '../login/open-browser.ts';
import { signIn } from '../login/sign-in.ts';
import { whereTo } from '../login/where-to.ts';
import { duration } from '../terminal/units.ts';
import { refuseMore } from './arguments.ts';

/** How long somebody may take to sign in: as long as the page is good. */
const patienceMs = 10 * 60_000;

export const command = defineCommand({
  usage: '[--server URL [--issuer URL --client ID] | --stage STAGE] [--no-browser]',
  options: {
    server: { type: 'string', value: 'URL', help: 'the server (default: as for every command; TANDEM_URL)' },
    stage: { ...stageOption, help: 'a stage on AWS, whose addresses are read with your AWS credentials' },
    issuer: { type: 'string', value: 'URL', help: 'the user pool of a stage: its output Issuer' },
    client: { type: 'string', value: 'ID', help: 'with --issuer: its output CommandLineClient' },
    'no-browser': { type: 'boolean', help: 'only print the address' },
  },
  details:
    'Sign in with a browser on this machine. Tokens are kept in your configuration folder, for you only,\n' +
    'and refreshed when they are used. People of a stage on AWS sign in at its user pool: who has no credentials of AWS\n' +
    'gives --server, --issuer and --client. With --json: {"open": ADDRESS}, then {"login": …}.',
  async run(call) {
    refuseMore(call, 0);
    const { output, json, surroundings, data, values } = call;
    const { server, page, live } = await whereTo(values, (typed) => serverAddress(surroundings, data, typed));
    const interrupted = call.interrupted();
    const began = performance.now();
    const show = (address: string): void => {
      if (json) output.record({ open: address });
      else output.line(`Sign in at ${output.paint('name', address)}`);
      if (!json && !values['no-browser']) openBrowser(address);
      if (!json) output.live.show(() => `waits for the browser · ${duration(performance.now() - began)}`);
    };
    try {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(patienceMs)]);
      const login = await signIn({ server, page, show, signal }).finally(() => output.live.hide());
      writeLogin(loginPath(server), live === undefined ? login : { ...login, live });
      const { subject, expiresAt } = readLogin(loginPath(server)) ?? login;
      if (json) output.record({ login: { server, subject, expiresAt } });
      else output.line(`Signed in at ${server} as ${output.paint('strong', subject)}.`);
      if (!json && server !== addressOf(data, surroundings.settings.TANDEM_URL)) {
        output.line(`Commands go there with:  export TANDEM_URL=${server}`);
      }
      return exitCodes.ok;
    } catch (error) {
      if (interrupted.aborted) return exitCodes.interrupted;
      throw error;
    }
  },
});
