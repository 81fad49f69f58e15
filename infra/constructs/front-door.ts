import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  EndpointType,
  type IAuthorizer,
  Integration,
  IntegrationType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Route } from '../../functions/http/route.ts';
import type { Names } from '../names.ts';
import { has } from '../stages/stage.ts';
import { accept } from './accept.ts';
import { speakAsWeDo } from './gateway-responses.ts';
import { may } from './granted.ts';
import { keptFor, removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/** A route and the function that serves it. */
export interface Served {
  readonly route: Route;
  readonly function: IFunction;
}

/** The REST API: each route leads to a function of its own; an authorizer refuses early where there can be one. */
export class FrontDoor extends Construct {
  readonly api: RestApi;
  /** Its name in the internet; made of names, so that functions behind it can be told. */
  readonly host: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly #names: Names;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    tagPurpose(this, 'The REST API');
    this.#names = names;
    const { stage } = names;
    this.api = new RestApi(this, 'Api', {
      restApiName: names.of('api'),
      description: 'The front door of Tandem: every route leads to a function of its own',
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      // One role for all APIs of an account and region: whoever removed it would silence the others.
      ...(has(stage, 'access-log')
        ? { cloudWatchRole: true, cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }
        : { cloudWatchRole: false }),
      retainDeployments: false,
      deployOptions: {
        stageName: stage.name,
        description: `Stage ${stage.name}`,
        tracingEnabled: true,
        metricsEnabled: true,
        throttlingRateLimit: stage.throttle.all.perSecond,
        throttlingBurstLimit: stage.throttle.all.burst,
        ...(has(stage, 'access-log') ? this.#accessLog() : {}),
      },
    });
    if (has(stage, 'access-log')) this.#errorLog();
    if (stage.firewall === undefined) {
      accept(this.api, {
        'AwsSolutions-APIG3':
          'A firewall costs at rest: the stage decides, and `-c firewall=on` adds one. Throttles hold without it.',
      });
    }
    this.host = `${this.api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.url = `https://${this.host}/${stage.name}`;
    speakAsWeDo(this.api);
    accept(this.api, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'API Gateway takes a role for its logs only with the rights of this policy.',
      'AwsSolutions-COG4':
        'Callers are known by any issuer that is configured, not by this pool alone: the authorizer and every function verify tokens with the same code.',
      'AwsSolutions-APIG2':
        'Each function validates with the very schemas that the OpenAPI document is made of; models here would say less, twice.',
    });
  }

  /** One route after another; those that take a token ask the authorizer first, where there is one. */
  serve(routes: readonly Served[], authorizer: IFunction | undefined): void {
    const first = authorizer && this.#authorizer(authorizer);
    const caller = this.#caller(routes);
    for (const { route, function: behind } of routes) {
      const resource = this.api.root.resourceForPath(route.path);
      const method = resource.addMethod(route.method, integrate(behind, caller), this.#options(route, first));
      if (route.credential !== 'token') accept(method, { 'AwsSolutions-APIG4': unasked[route.credential] });
    }
  }

  #options(route: Route, authorizer: IAuthorizer | undefined): MethodOptions {
    if (route.credential !== 'token' || authorizer === undefined) {
      return { authorizationType: AuthorizationType.NONE };
    }
    return { authorizer, authorizationType: AuthorizationType.CUSTOM, apiKeyRequired: true };
  }

  /** Asked once for each token in five minutes; a token that ends or is revoked earlier is refused by the functions. */
  #authorizer(handler: IFunction): TokenAuthorizer {
    return new TokenAuthorizer(this, 'Authorizer', {
      authorizerName: this.#names.of('authorizer'),
      handler,
      validationRegex: '^[Bb]earer +[\\x21-\\x7e]+$',
      resultsCacheTtl: Duration.minutes(5),
    });
  }

  /** The role that API Gateway calls functions with: these, and no others. */
  #caller(routes: readonly Served[]): Role {
    const arns = routes.map(({ function: { functionArn } }) => functionArn);
    return new Role(this, 'Caller', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      description: 'Calls the functions behind the routes of the front door',
      inlinePolicies: {
        calls: new PolicyDocument({ statements: [may(['lambda:InvokeFunction'], arns)] }),
      },
    });
  }

  /** Where API Gateway says what it could not do itself; it would make one that is kept for ever. */
  #errorLog(): void {
    const { stage } = this.#names;
    const log = new LogGroup(this, 'ErrorLog', {
      logGroupName: `API-Gateway-Execution-Logs_${this.api.restApiId}/${stage.name}`,
      retention: keptFor(stage),
      removalPolicy: removal(stage),
    });
    this.api.deploymentStage.node.addDependency(log);
  }

  #accessLog() {
    const { stage } = this.#names;
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: this.#names.logGroup('api'),
      retention: keptFor(stage),
      removalPolicy: removal(stage),
    });
    return {
      accessLogDestination: new LogGroupLogDestination(log),
      accessLogFormat: AccessLogFormat.custom(accessLine),
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
    };
  }
}

/** Who asked what, and how it went: nothing of what was said. */
const accessLine = JSON.stringify({
  at: '$context.requestTime',
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  tenant: '$context.authorizer.tenant',
  subject: '$context.authorizer.principalId',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  error: '$context.error.responseType',
  bytes: '$context.responseLength',
  ms: '$context.responseLatency',
  functionMs: '$context.integration.latency',
});

/** Why nobody is asked for a token before some functions. */
const unasked = {
  ticket: 'Workers present a ticket for one operation, which the function verifies: they have no token.',
  signature: 'The address itself is signed for this one request.',
  none: 'Whether the service is well, and what it offers, is told to everybody.',
};

/** The whole request to the function, its answer back as it is. */
function integrate(behind: IFunction, credentialsRole: Role): Integration {
  const stack = Stack.of(behind);
  return new Integration({
    type: IntegrationType.AWS_PROXY,
    integrationHttpMethod: 'POST',
    uri: `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${behind.functionArn}/invocations`,
    options: { credentialsRole, timeout: Duration.seconds(29) },
  });
}
