import { App, type AppProps, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import type { Bundles } from './constructs/bundles.ts';
import { liveAlias } from './constructs/run-machine.ts';
import { tagPurpose } from './constructs/tags.ts';
import { specOf } from './deployed.ts';
import { Names } from './names.ts';
import { ApiStack, type ReachBefore } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { ExecutionStack } from './stacks/execution.ts';
import { IdentityStack } from './stacks/identity.ts';
import { NetworkStack } from './stacks/network.ts';
import { ObservabilityStack } from './stacks/observability.ts';
import { contextWords, readContext } from './stages/context.ts';
import { type Found, readStage } from './stages/read-stage.ts';
import { has, type Stage } from './stages/stage.ts';

/**
 * CDK's recommendations of the pinned version; stacks export what others need, which every CloudFormation knows. Functions
 * that may not write a log have none, which CDK would make and leave behind in every stage.
 */
const flags = {
  ...recommended,
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': false,
};

/** The app of the stage that its context asks for; throws `deployment.invalid` when that does not fit. */
export function tandemApp(bundles: Bundles, found: Found = {}, props: AppProps = {}): App {
  const app = new App({ ...props, context: { ...flags, ...props.context } });
  const context = readContext(app.node.getAllContext());
  const stage = readStage(context, found);
  const { data } = addStacks(app, stage, bundles);
  new CfnOutput(data, 'Context', { value: contextWords({ ...context, stateStore: stage.store }) });
  tagAll(app, stage);
  return app;
}

function addStacks(app: App, stage: Stage, bundles: Bundles): { readonly data: DataStack } {
  const names = new Names(stage);
  const about = (thing: string, description: string) => ({
    id: names.of(thing),
    props: {
      description,
      ...(stage.account && stage.region ? { env: { account: stage.account, region: stage.region } } : {}),
      terminationProtection: stage.keepsData,
    },
  });
  const networkAbout = about(
    'network',
    'Tandem: where tasks and a database are, without a way out but a proxy',
  );
  const places = has(stage, 'network')
    ? new NetworkStack(app, networkAbout.id, names, networkAbout.props)
    : undefined;

  const dataAbout = about('data', 'Tandem: logs, records and blobs; outlives every other stack');
  const inNetwork = stage.store === 'aurora' && places ? { network: places.network } : {};
  const surroundings = { names, bundles, ...inNetwork };
  const data = new DataStack(app, dataAbout.id, {
    ...dataAbout.props,
    surroundings,
    network: places?.network,
  });

  const identityAbout = about('identity', 'Tandem: who people and machines are, and what is signed with');
  const identity = new IdentityStack(app, identityAbout.id, {
    ...identityAbout.props,
    key: data.key,
    preToken: specOf('pre-token'),
    surroundings,
  });

  const apiAbout = about('api', 'Tandem: what callers talk to');
  const api = new ApiStack(app, apiAbout.id, {
    ...apiAbout.props,
    before: (stack) => reachBefore(stack, names, data, identity),
    surroundings,
    issuers: issuersOf(stage, identity),
  });

  const executionAbout = about('execution', 'Tandem: what carries runs, and where their commands run');
  const execution = new ExecutionStack(app, executionAbout.id, {
    ...executionAbout.props,
    before: api.reach,
    surroundings,
    queues: api.queues,
    places,
    reportHost: api.door.host,
  });

  if (!has(stage, 'observability')) return { data };
  const observabilityAbout = about('observability', 'Tandem: how the deployment is');
  new ObservabilityStack(app, observabilityAbout.id, {
    ...observabilityAbout.props,
    names,
    watched: {
      machineArn: execution.machine.machine.attrArn,
      asynchronous: execution.asynchronous,
      functions: execution.names,
      tables: data.tables,
    },
  });
  return { data };
}

/** Which stage everything is of, and what for: what its stack is, where nothing in the stack says more. */
function tagAll(app: App, stage: Stage): void {
  Tags.of(app).add('tandem:stage', stage.name);
  for (const stack of app.node.children.filter((child) => Stack.isStack(child))) {
    tagPurpose(stack, stack.templateOptions.description ?? '');
  }
}

function reachBefore(stack: Stack, names: Names, data: DataStack, identity: IdentityStack): ReachBefore {
  const { stage } = names;
  const named = (name: string) => ({ name: names.of(name), arn: names.functionArn(stack, name) });
  return {
    store: data.store,
    bucket: data.bucket,
    ...(data.key ? { key: data.key.keyArn } : {}),
    keys: identity.keys,
    machine: {
      arn: names.machineArn(stack),
      starts: names.machineArn(stack, has(stage, 'machine-versions') ? liveAlias : undefined),
      executions: names.executionsArn(stack),
    },
    program: named('program'),
    space: named('space'),
    spaceTenancy: has(stage, 'tenant-isolation') ? 'on' : 'off',
    ...(stage.surroundings ? { signedUrl: stage.surroundings.signedUrl } : {}),
  };
}

/** `TANDEM_OIDC`: the issuers whose tokens are taken. */
function issuersOf({ issuer }: Stage, { people }: IdentityStack): string {
  if (issuer) return JSON.stringify([issuer]);
  if (people === undefined) throw new Error('A stage has a user pool, or says whose tokens are taken.');
  return JSON.stringify([
    {
      issuer: people.issuer,
      audience: people.clientIds,
    },
  ]);
}
