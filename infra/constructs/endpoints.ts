import {
  InterfaceVpcEndpoint,
  type InterfaceVpcEndpointAwsService,
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  InterfaceVpcEndpointAwsService as Service,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Stage } from '../stages/stage.ts';
import { tagPurpose } from './tags.ts';

/** Who is in the network and asks services of AWS. */
const residents = ['functions', 'spaces', 'proxy'] as const;

type Resident = (typeof residents)[number];

type Services = Readonly<Record<string, InterfaceVpcEndpointAwsService>>;

/** What ECS asks for a task, also for that of the proxy: its image, and where its log goes. */
const forTasks = { 'ecr-api': Service.ECR, 'ecr-dkr': Service.ECR_DOCKER, logs: Service.CLOUDWATCH_LOGS };

/** What an instance asks to be of use to ECS. */
const forInstances = {
  ecs: Service.ECS,
  'ecs-agent': Service.ECS_AGENT,
  'ecs-telemetry': Service.ECS_TELEMETRY,
};

/**
 * What functions ask for themselves. Not here: S3, to which a route leads; `@connections`, which an endpoint of API Gateway
 * does not serve; KMS, X-Ray and logs, which services ask for them.
 */
const forFunctions = {
  sqs: Service.SQS,
  states: Service.STEP_FUNCTIONS,
  secrets: Service.SECRETS_MANAGER,
  lambda: Service.LAMBDA,
};

function askedBy({ tasks, store }: Stage): Readonly<Record<Resident, Services>> {
  return {
    functions: store === 'aurora' ? { ...forFunctions, ...(tasks ? { ecs: Service.ECS } : {}) } : {},
    spaces: { ...(tasks ? forTasks : {}), ...(tasks?.gpu ? forInstances : {}) },
    // Where these are in the network, their names lead to them from everywhere in it.
    proxy: tasks ? forTasks : {},
  };
}

/**
 * Services of AWS within the network, each open to those who need it and to nobody else. They cost most of what costs at
 * rest: each is there only while somebody asks it.
 */
export class Endpoints extends Construct {
  constructor(
    scope: Construct,
    id: string,
    names: Names,
    { vpc, ...groupsOf }: { readonly vpc: IVpc } & Readonly<Record<Resident, ISecurityGroup>>,
  ) {
    super(scope, id);
    tagPurpose(this, 'Services of AWS within the network');
    const asked = askedBy(names.stage);
    const groups = residents
      .filter((resident) => Object.keys(asked[resident]).length > 0)
      .map((resident) => ({ resident, group: this.#openTo(resident, groupsOf[resident], { names, vpc }) }));
    const { zones } = names.stage;
    const subnets = vpc.selectSubnets({ subnetGroupName: 'functions' }).subnets.slice(0, zones);
    for (const [name, service] of Object.entries({ ...asked.functions, ...asked.spaces, ...asked.proxy })) {
      new InterfaceVpcEndpoint(this, name, {
        vpc,
        service,
        open: false,
        securityGroups: groups.filter(({ resident }) => name in asked[resident]).map(({ group }) => group),
        subnets: { subnets },
      });
    }
  }

  #openTo(resident: Resident, from: ISecurityGroup, { names, vpc }: { names: Names; vpc: IVpc }) {
    const group = new SecurityGroup(this, `Group-${resident}`, {
      vpc,
      securityGroupName: names.of(`endpoints-of-${resident}`),
      description: `Of services that are asked by: ${resident}`,
      allowAllOutbound: false,
    });
    group.addIngressRule(from, Port.tcp(443), `HTTPS of: ${resident}`);
    return group;
  }
}
