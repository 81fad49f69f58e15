import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
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
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { removal } from './lifetimes.ts';

/** Roles that a person may have in a tenant, the first the most powerful; groups of the pool are named after them. */
const roles = ['admin', 'operator', 'user'] as const;

/** People and machines of a deployment: a hosted login, a client for the command line and one for machines. */
export class People extends Construct {
  readonly pool: UserPool;
  /** For people at a command line: public, with PKCE. */
  readonly commandLine: UserPoolClient;
  /** For machines: with a secret, by client credentials. */
  readonly machine: UserPoolClient;
  readonly issuer: string;

  constructor(scope: Construct, id: string, names: Names, preToken: LambdaFunction) {
    super(scope, id);
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
    const server = this.#resourceServer();
    this.commandLine = this.#commandLine(names, server);
    this.machine = this.#machine(names, server);
    this.pool.addDomain('Login', {
      cognitoDomain: { domainPrefix: names.of(stack.account) },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.issuer = `https://cognito-idp.${stack.region}.${stack.urlSuffix}/${this.pool.userPoolId}`;
    new CfnOutput(stack, 'Issuer', { value: this.issuer });
    new CfnOutput(stack, 'CommandLineClient', { value: this.commandLine.userPoolClientId });
    new CfnOutput(stack, 'MachineClient', { value: this.machine.userPoolClientId });
    accept(this.pool, {
      'AwsSolutions-COG8':
        'The Plus plan costs for each person who signs in; threat protection is for deployments open to the public.',
      ...(stage.keepsData
        ? {}
        : { 'AwsSolutions-COG2': 'A second factor is offered here and demanded where data are kept.' }),
    });
  }

  #resourceServer(): Server {
    const scopes = roles.map(
      (role) =>
        new ResourceServerScope({ scopeName: role, scopeDescription: `What the role ${role} may do` }),
    );
    return { scopes, server: this.pool.addResourceServer('Api', { identifier: 'tandem', scopes }) };
  }

  #commandLine(names: Names, { server, scopes }: Server): UserPoolClient {
    return this.pool.addClient('CommandLine', {
      userPoolClientName: names.of('cli'),
      generateSecret: false,
      authFlows: {},
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [
          OAuthScope.OPENID,
          OAuthScope.EMAIL,
          ...scopes.map((scope) => OAuthScope.resourceServer(server, scope)),
        ],
        callbackUrls: loopback,
        logoutUrls: loopback,
      },
    });
  }

  #machine(names: Names, { server, scopes }: Server): UserPoolClient {
    return this.pool.addClient('Machine', {
      userPoolClientName: names.of('machine'),
      generateSecret: true,
      authFlows: {},
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes
          .filter(({ scopeName }) => scopeName === 'user')
          .map((scope) => OAuthScope.resourceServer(server, scope)),
      },
    });
  }
}

interface Server {
  readonly server: UserPoolResourceServer;
  readonly scopes: readonly ResourceServerScope[];
}

/** Cognito takes http on loopback only, and compares ports: these are what the command line tries, in order. */
const loopback = [8976, 8977, 8978].map((port) => `http://localhost:${port}/callback`);
