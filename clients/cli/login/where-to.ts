import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { stageOf } from '../cloud/stage.ts';
import { UsageError } from '../usage-error.ts';
import { type LoginPage, ownPage, userPoolPage } from './issuer.ts';

/** What says where somebody wants to sign in. */
export interface Wanted {
  readonly server?: string;
  readonly stage?: string;
  readonly issuer?: string;
  readonly client?: string;
}

/** A server, and where people sign in for it. */
export interface Destination {
  readonly server: string;
  readonly page: LoginPage;
  /** Address of live events, where it is known. */
  readonly live?: string;
}

/**
 * Where a sign-in leads to; `addressOf` knows the server that is meant. Throws `UsageError`, and for a stage `stage.absent`,
 * `cloud.absent` or what AWS refuses.
 */
export async function whereTo(
  { server, stage, issuer, client }: Wanted,
  addressOf: (typed?: string) => string,
): Promise<Destination> {
  if (stage !== undefined) {
    if ([server, issuer, client].some((one) => one !== undefined)) {
      throw new UsageError('--stage says all that --server, --issuer and --client say: leave them out');
    }
    return atStage(stageOf(stage));
  }
  const address = addressOf(server);
  if (issuer === undefined && client === undefined) return { server: address, page: ownPage(address) };
  if (issuer === undefined || client === undefined) {
    throw new UsageError(
      '--issuer and --client belong together: the outputs Issuer and CommandLineClient of a stage',
    );
  }
  if (URL.parse(issuer) === null) throw new UsageError(`--issuer takes an address, not \`${issuer}\``);
  return { server: address, page: userPoolPage(issuer, client) };
}

async function atStage(stage: string): Promise<Destination> {
  if (stage === 'twin') {
    throw new UsageError('The twin signs people in itself: say --server http://localhost:4400');
  }
  const { outputsOf, stacksOf } = await import('../cloud/stacks.ts');
  const outputs = outputsOf(await stacksOf(stage));
  const [server, issuer, client, live] = ['ApiUrl', 'Issuer', 'CommandLineClient', 'LiveUrl'].map((name) =>
    outputs.get(name),
  );
  if (server === undefined || issuer === undefined || client === undefined) {
    throw new TandemError('cloud.absent', {
      message: `The stacks of stage ${stage} do not say where people sign in`,
      details: { stage },
    });
  }
  return { server, page: userPoolPage(issuer, client), ...(live === undefined ? {} : { live }) };
}
