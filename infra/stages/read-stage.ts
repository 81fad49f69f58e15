import type { Context } from './context.ts';
import { deploymentInvalid } from './deployment-invalid.ts';
import { lacksIn } from './regions.ts';
import type { Stage } from './stage.ts';
import { dev, prod, twin } from './stages.ts';

/** Account and region that the CDK command line has found out, where it could. */
export interface Found {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** The stage that was asked for, with what was asked to be different; throws `deployment.invalid`. */
export function readStage(context: Context, found: Found = {}): Stage {
  if (context.stage === undefined) {
    throw deploymentInvalid(
      'No stage was given: say `-c stage=dev`, `-c stage=prod`, `-c stage=twin`, or a name of your own, which gets the settings of dev.',
    );
  }
  const stage = context.stage === 'twin' ? twinOf(context) : onAws(context.stage, context, found);
  const wanting = stage.region === undefined ? [] : lacksIn(stage.region, stage);
  if (wanting.length > 0) {
    throw deploymentInvalid(
      `${stage.region} has no ${wanting.join(' and no ')}: choose another with \`-c region=\`.`,
    );
  }
  return stage;
}

/** The twin is what it is: nothing of what may be asked of AWS exists in LocalStack. */
function twinOf({ stage: _, ...others }: Context): Stage {
  const [first] = Object.keys(others);
  if (first !== undefined) {
    throw deploymentInvalid(`Stage twin takes no \`-c ${first}=\`: leave it out, or choose another stage.`);
  }
  return twin;
}

function onAws(name: string, context: Context, found: Found): Stage {
  const base = name === 'prod' ? prod : { ...dev, name };
  const { account = found.account, region = found.region } = context;
  if (context.account !== undefined && region === undefined) {
    throw deploymentInvalid('An account was given and no region: add `-c region=eu-central-1`, or another.');
  }
  if (context.gpu === 'on' && context.tasks !== 'on') {
    throw deploymentInvalid(
      'A GPU is for tasks: say `-c tasks=on -c gpu=on`, or leave it out as well with `-c gpu=off`.',
    );
  }
  const { firewall, ...rest } = base;
  return {
    ...rest,
    ...(account === undefined || region === undefined ? {} : { account, region }),
    store: context.stateStore ?? base.store,
    tenants: context.tenants ?? base.tenants,
    ...(context.tasks === 'on' ? { tasks: { gpu: context.gpu === 'on' } } : {}),
    ...(isOn(context.firewall, firewall !== undefined) ? { firewall: firewall ?? 10_000 } : {}),
    ...(context.alarmEmail === undefined ? {} : { alarmEmail: context.alarmEmail }),
  };
}

const isOn = (asked: 'on' | 'off' | undefined, otherwise: boolean) =>
  asked === undefined ? otherwise : asked === 'on';
