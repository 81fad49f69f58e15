import { Aws, Stack } from 'aws-cdk-lib';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { keptFor, removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/** The functions behind the WebSocket API. */
export interface LiveFunctions {
  readonly connect: IFunction;
  readonly disconnect: IFunction;
  readonly message: IFunction;
}

/** The WebSocket API: connect, disconnect, and everything else that is said. */
export class LiveChannel extends Construct {
  readonly #api: WebSocketApi;
  readonly #names: Names;
  /** `wss://…`, for clients. */
  readonly url: string;
  /** `@connections`, for functions; both are made of names, so that functions behind the API can be told. */
  readonly endpoint: string;
  readonly connectionsArn: string;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    tagPurpose(this, 'The WebSocket API');
    this.#names = names;
    this.#api = new WebSocketApi(this, 'Api', {
      apiName: names.of('live'),
      description: 'What happens in runs, as it happens',
      routeSelectionExpression: '$request.body.action',
    });
    const host = `${this.#api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${names.stage.name}`;
    this.url = `wss://${host}`;
    this.endpoint = `https://${host}`;
    this.connectionsArn = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.#api.apiId,
      resourceName: `${names.stage.name}/*/@connections/*`,
    });
  }

  /** Leads what comes over connections to functions; its log is written by the role that comes with `door`. */
  serve(functions: LiveFunctions, door: IDependable): void {
    const to = (name: string, behind: IFunction) => ({
      integration: new WebSocketLambdaIntegration(name, behind),
    });
    this.#api.addRoute('$connect', to('Connect', functions.connect));
    this.#api.addRoute('$disconnect', to('Disconnect', functions.disconnect));
    this.#api.addRoute('$default', to('Message', functions.message));
    const { stage } = this.#names;
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: this.#names.logGroup('live'),
      retention: keptFor(stage),
      removalPolicy: removal(stage),
    });
    const deployed = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: stage.name,
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.all.perSecond, burstLimit: stage.throttle.all.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(log) },
    });
    deployed.node.addDependency(door);
    accept(this.#api, {
      'AwsSolutions-APIG4':
        'The function behind $connect verifies the token with the same code as every handler; what is said later comes over a connection that it let in.',
    });
  }
}
