import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolGroup,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/** Roles that a person may have in a tenant, the first the most powerful; groups of the pool are named after them. */
const roles = ['admin', 'operator', 'user'] as const;

/** The role of who makes and suspends tenants; the scope of one client, whose secret only who runs the account can read. */
const platform = 'platform';

/**
 * People and machines of a deployment: a hosted login, a client for the command line, and one for the machines of each
 * tenant that was named, whose scopes say which tenant that is.
 */
export class People extends Construct {
  readonly pool: UserPool;
  readonly issuer: string;
  /** What tokens of the pool may be meant for. */
  readonly clientIds: readonly string[];

  constructor(scope: Construct, id: string, names: Names, preToken: LambdaFunction) {
    super(scope, id);
    tagPurpose(this, 'Who may sign in');
    const { stage } = names;
    const stack = Stack.of(this);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: names.of('people'),
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      keepOriginal: { email: true },
      // Whoever could write it could move to another tenant: clients may only read it.
      customAttributes: { tenant: new StringAttribute({ maxLen: 63, mutable: true }) },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: stage.keepsData ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: stage.keepsData,
      removalPolicy: removal(stage),
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, preToken, LambdaVersion.V3_0);
    for (const [precedence, role] of roles.entries()) {
      new UserPoolGroup(this, role, {
        userPool: this.pool,
        groupName: role,
        precedence,
        description: `The role ${role} in the tenant of its member`,
      });
    }
    const server = this.#resourceServer(stage.tenants);
    const commandLine = this.#commandLine(names);
    const operators = this.#machine(names, platform, server(platform));
    const machines = stage.tenants.map((tenant) => ({
      tenant,
      client: this.#machine(names, `machine-${tenant}`, server('user', `tenant.${tenant}`)),
    }));
    this.clientIds = [commandLine, operators, ...machines.map(({ client }) => client)].map(
      (one) => one.userPoolClientId,
    );
    this.pool.addDomain('Login', {
      cognitoDomain: { domainPrefix: names.of(stack.account) },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Managed login shows a client without a style no page at all.
    new CfnManagedLoginBranding(this, 'CommandLineStyle', {
      userPoolId: this.pool.userPoolId,
      clientId: commandLine.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    this.issuer = `https://cognito-idp.${stack.region}.${stack.urlSuffix}/${this.pool.userPoolId}`;
    new CfnOutput(stack, 'Issuer', { value: this.issuer });
    new CfnOutput(stack, 'CommandLineClient', { value: commandLine.userPoolClientId });
    new CfnOutput(stack, 'PlatformClient', {
      value: operators.userPoolClientId,
      description: 'Client of who runs the platform: makes tenants, suspends and resumes them',
    });
    for (const { tenant, client } of machines) {
      // Outputs have letters and digits only, and names of tenants no capitals: `a-b` and `ab` stay apart.
      const id = `MachineClient${tenant.replaceAll('-', 'Dash')}`;
      new CfnOutput(stack, id, {
        value: client.userPoolClientId,
        description: `Client of machines of the tenant ${tenant}`,
      });
    }
    accept(this.pool, {
      'AwsSolutions-COG8':
        'The Plus plan costs for each person who signs in; threat protection is for deployments open to the public.',
      ...(stage.keepsData
        ? {}
        : { 'AwsSolutions-COG2': 'A second factor is offered here and demanded where data are kept.' }),
    });
  }

  #resourceServer(tenants: readonly string[]): Server {
    const scopes = [
      ...[...roles, platform].map((role) => ({
        scopeName: role,
        scopeDescription: `What the role ${role} may do`,
      })),
      ...tenants.map((tenant) => ({
        scopeName: `tenant.${tenant}`,
        scopeDescription: `For the tenant ${tenant}`,
      })),
    ].map((scope) => new ResourceServerScope(scope));
    const server = this.pool.addResourceServer('Api', { identifier: 'tandem', scopes });
    return (...named) =>
      scopes
        .filter(({ scopeName }) => named.includes(scopeName))
        .map((scope) => OAuthScope.resourceServer(server, scope));
  }

  #commandLine(names: Names): UserPoolClient {
    return this.pool.addClient('CommandLine', {
      userPoolClientName: names.of('cli'),
      generateSecret: false,
      // Tests sign people in whom they have made: nobody may who may not administer the pool.
      authFlows: { adminUserPassword: !names.stage.keepsData },
      preventUserExistenceErrors: true,
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true })
        .withCustomAttributes('tenant'),
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      enableTokenRevocation: true,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        // Roles of people are their groups: no scope that they ask for says anything of what they may do.
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: loopback,
        logoutUrls: loopback,
      },
    });
  }

  /** A machine cannot choose: its tenant and its role are scopes that its client has, and others it has not. */
  #machine(names: Names, name: string, scopes: OAuthScope[]): UserPoolClient {
    return this.pool.addClient(name, {
      userPoolClientName: names.of(name),
      generateSecret: true,
      // Nobody signs in with it. Left out, these would be what Cognito takes for usual, passwords and attributes among them.
      authFlows: { user: false },
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      oAuth: { flows: { clientCredentials: true }, scopes },
    });
  }
}

/** Scopes of the API, by their names. */
type Server = (...named: readonly string[]) => OAuthScope[];

/** Cognito takes http on loopback only, and compares ports: these are what the command line tries, in order. */
const loopback = [8976, 8977, 8978].map((port) => `http://localhost:${port}/callback`);
