import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { onMessages } from '../constructs/feeding.ts';
import { Firewall } from '../constructs/firewall.ts';
import { FrontDoor } from '../constructs/front-door.ts';
import { LiveChannel } from '../constructs/live-channel.ts';
import type { Reach } from '../constructs/reach.ts';
import { grant } from '../constructs/rights.ts';
import {
  type FunctionSurroundings,
  type FunctionTraits,
  TandemFunction,
} from '../constructs/tandem-function.ts';
import { TandemQueue } from '../constructs/tandem-queue.ts';
import { UsagePlans, usageKeys } from '../constructs/usage-plans.ts';
import { specOf } from '../deployed.ts';
import type { QueueName } from '../names.ts';
import { has } from '../stages/stage.ts';
import { blobsCredentials } from './blobs-credentials.ts';

/** Where things are that other stacks have. */
export type ReachBefore = Omit<Reach, 'queues' | 'connections' | 'report' | 'blobsCredentials'>;

/** What callers talk to: the REST API, the WebSocket API, the functions behind both, and what those ask of others. */
export class ApiStack extends Stack {
  /** Where things are, for the stacks after this one. */
  readonly reach: Reach;
  readonly queues: Readonly<Record<QueueName, TandemQueue>>;
  readonly door: FrontDoor;

  constructor(
    scope: Construct,
    id: string,
    {
      before,
      surroundings,
      issuers,
      ...props
    }: StackProps & {
      readonly before: (stack: Stack) => ReachBefore;
      readonly surroundings: FunctionSurroundings;
      /** As `TANDEM_OIDC` takes it. */
      readonly issuers: string;
    },
  ) {
    super(scope, id, props);
    const { names } = surroundings;
    const { stage } = names;
    const queue = (name: QueueName, consumer: string) => new TandemQueue(this, name, names, specOf(consumer));
    this.queues = {
      reconcile: queue('reconcile', 'reconcile'),
      refusals: queue('refusals', 'refusals'),
      live: queue('live', 'live-fan-out'),
    };
    this.door = new FrontDoor(this, 'Door', names);
    const channel = has(stage, 'web-socket-api') ? new LiveChannel(this, 'Live', names) : undefined;
    this.reach = {
      ...before(this),
      queues: queuesOf(this.queues),
      report: stage.surroundings?.report ?? `${this.door.url}/v1/report`,
      connections: connectionsOf(channel, stage.surroundings?.connections),
      ...blobsCredentials(this, stage),
    };
    const make = (spec: FunctionSpec, traits: FunctionTraits = {}) =>
      new TandemFunction(this, spec, { ...surroundings, granted: grant(spec.rights, this.reach), traits });
    const knowsCallers = { variables: { TANDEM_OIDC: issuers } };
    const http = httpFunctions().map((spec) => ({ route: spec.route, made: make(spec, knowsCallers) }));
    const authorizer = has(stage, 'authorizer')
      ? make(specOf('authorizer'), {
          variables: { TANDEM_OIDC: issuers, TANDEM_USAGE_KEYS: usageKeys(names) },
        })
      : undefined;
    this.door.serve(
      http.map(({ route, made }) => ({ route, function: made.function })),
      authorizer?.function,
    );
    const connect = make(specOf('live-connect'), knowsCallers);
    const disconnect = make(specOf('live-disconnect'));
    const message = make(specOf('live-message'), knowsCallers);
    const fanOut = make(specOf('live-fan-out'));
    onMessages(fanOut, this.queues.live.queue);
    channel?.serve(
      { connect: connect.function, disconnect: disconnect.function, message: message.function },
      this.door.api,
    );
    if (authorizer) new UsagePlans(this, 'Usage', names, this.door.api);
    if (stage.firewall !== undefined && has(stage, 'firewall')) {
      new Firewall(this, 'Firewall', {
        names,
        stage: this.door.api.deploymentStage,
        perFiveMinutes: stage.firewall,
      });
    }
    new CfnOutput(this, 'ApiId', { value: this.door.api.restApiId });
    new CfnOutput(this, 'ApiUrl', { value: this.door.url });
    new CfnOutput(this, 'Region', { value: this.region });
    if (channel) new CfnOutput(this, 'LiveUrl', { value: channel.url });
  }
}

const queuesOf = (queues: Readonly<Record<QueueName, TandemQueue>>): Reach['queues'] => {
  const told = ({ queue }: TandemQueue) => ({ url: queue.queueUrl, arn: queue.queueArn });
  return { reconcile: told(queues.reconcile), refusals: told(queues.refusals), live: told(queues.live) };
};

function connectionsOf(
  channel: LiveChannel | undefined,
  elsewhere: string | undefined,
): Reach['connections'] {
  if (channel) return { endpoint: channel.endpoint, arn: channel.connectionsArn };
  if (elsewhere) return { endpoint: elsewhere };
  throw new Error('A stage has a WebSocket API, or says what stands in for it.');
}
