import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  ContainerImage,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LogDrivers,
} from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { allowedHosts } from './allowed-hosts.ts';
import { keptFor, removal } from './lifetimes.ts';
import { type PrivateNetwork, proxyPort } from './private-network.ts';
import { squidSettings } from './squid-settings.ts';
import { minimalExecutionRole, platformOf } from './tasks.ts';

/** Canonical's image of Squid, as Ubuntu 24.04 maintains it. */
const image = 'public.ecr.aws/ubuntu/squid:6.6-24.04_edge';

/**
 * The only way out of the network: Squid, which resolves names itself and lets TLS through to what is listed. A stock
 * image, whose settings are given as text; it has no role and no rights.
 */
export class EgressProxy extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { names, network, cluster }: { names: Names; network: PrivateNetwork; cluster: ICluster },
  ) {
    super(scope, id);
    const { stage } = names;
    const { vpc } = network;
    const settings = squidSettings({
      port: proxyPort,
      allowed: allowedHosts(this),
      free: network.functionRanges,
    });
    new FargateService(this, 'Service', {
      serviceName: names.of('egress'),
      cluster,
      taskDefinition: this.#task(names, settings),
      desiredCount: stage.tasks?.zones ?? 1,
      assignPublicIp: true,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      securityGroups: [network.proxy],
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      cloudMapOptions: {
        name: 'egress',
        cloudMapNamespace: new PrivateDnsNamespace(this, 'Namespace', {
          vpc,
          name: names.internalDomain,
          description: 'Names within the network',
        }),
        dnsRecordType: DnsRecordType.A,
      },
    });
  }

  #task(names: Names, settings: string): FargateTaskDefinition {
    const { stage } = names;
    const task = new FargateTaskDefinition(this, 'Task', {
      family: names.of('egress'),
      cpu: 256,
      memoryLimitMiB: 512,
      executionRole: minimalExecutionRole(this),
      runtimePlatform: platformOf(stage.architecture),
    });
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: names.logGroup('egress'),
      retention: keptFor(stage),
      removalPolicy: removal(stage),
    });
    task.addContainer('squid', {
      image: ContainerImage.fromRegistry(image),
      entryPoint: ['sh', '-c'],
      command: ['printf %s "$SQUID_SETTINGS" > /tmp/squid.conf && exec squid -N -f /tmp/squid.conf'],
      environment: { SQUID_SETTINGS: settings },
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'squid' }),
      portMappings: [{ containerPort: proxyPort }],
    });
    accept(task, {
      'AwsSolutions-ECS2': 'The settings of the proxy are no secret, and change with the stack.',
    });
    return task;
  }
}
