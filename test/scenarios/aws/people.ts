import { createHash, randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Caller } from '../deployment.ts';

/** What a stage says of its user pool. */
export interface PoolOutputs {
  /** Its address; the last part of the path is the pool's id. */
  readonly issuer: string;
  /** The client that people sign in with; it takes passwords from who may administer the pool. */
  readonly commandLineClient: string;
  /** The client of who runs the platform. */
  readonly platformClient: string;
}

/** Callers as people of a user pool, who are made when they are first asked for and removed at the end. */
export class People implements AsyncDisposable {
  readonly #client: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly #outputs: PoolOutputs;
  readonly #pool: string;
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #made: string[] = [];

  constructor(
    outputs: PoolOutputs,
    client: Pick<CognitoIdentityProviderClient, 'send'> = new CognitoIdentityProviderClient({
      maxAttempts: 8,
    }),
  ) {
    this.#client = client;
    this.#outputs = outputs;
    this.#pool = outputs.issuer.slice(outputs.issuer.lastIndexOf('/') + 1);
  }

  /** An access token of a caller: one for each, as they are good for an hour. */
  token(caller: Caller): Promise<string> {
    const name = nameOf(caller);
    const known = this.#tokens.get(name);
    if (known !== undefined) return known;
    const token = this.#signIn(name, caller);
    this.#tokens.set(name, token);
    // Whoever could not sign in may try again.
    token.catch(() => this.#tokens.delete(name));
    return token;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const remove = (Username: string) =>
      this.#client.send(new AdminDeleteUserCommand({ UserPoolId: this.#pool, Username }));
    const left = (await Promise.allSettled(this.#made.map(remove))).filter(
      ({ status }) => status === 'rejected',
    );
    if (left.length > 0) console.warn(`${left.length} people of the tests stay in ${this.#pool}`);
  }

  async #signIn(name: string, caller: Caller): Promise<string> {
    if (caller.roles.includes('platform')) return this.#platformToken();
    const UserPoolId = this.#pool;
    const password = `${randomBytes(24).toString('base64url')}aA1-`;
    await this.#make(name, caller);
    const permanent = { UserPoolId, Username: name, Password: password, Permanent: true };
    await this.#client.send(new AdminSetUserPasswordCommand(permanent));
    for (const GroupName of caller.roles)
      await this.#client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: name, GroupName }));
    const { AuthenticationResult } = await this.#client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId: this.#outputs.commandLineClient,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: name, PASSWORD: password },
      }),
    );
    if (AuthenticationResult?.AccessToken) return AuthenticationResult.AccessToken;
    throw new Error(`${name} could not sign in: the pool asks for more than a password`);
  }

  /** Who is there already was left by a run that was cut off: the name tells the tenant and the roles. */
  async #make(name: string, { tenant }: Caller): Promise<void> {
    const person = new AdminCreateUserCommand({
      UserPoolId: this.#pool,
      Username: name,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: name },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'custom:tenant', Value: tenant },
      ],
    });
    await this.#client.send(person).catch((error: unknown) => {
      if ((error as Error).name !== 'UsernameExistsException') throw error;
    });
    this.#made.push(name);
  }

  async #platformToken(): Promise<string> {
    const ClientId = this.#outputs.platformClient;
    const { UserPoolClient } = await this.#client.send(
      new DescribeUserPoolClientCommand({ UserPoolId: this.#pool, ClientId }),
    );
    const discovery = await fetch(`${this.#outputs.issuer}/.well-known/openid-configuration`);
    const { token_endpoint: endpoint } = (await discovery.json()) as { token_endpoint: string };
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${ClientId}:${UserPoolClient?.ClientSecret ?? ''}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token !== undefined) return token;
    throw new Error(`The client of the platform got no token: ${answer.status} of ${endpoint}`);
  }
}

/** Names of a pool are addresses; a person has one tenant, and here one set of roles. */
function nameOf({ tenant, subject, roles }: Caller): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([tenant, subject, roles]))
    .digest('hex');
  return `tandem-test-${digest.slice(0, 24)}@example.com`;
}
