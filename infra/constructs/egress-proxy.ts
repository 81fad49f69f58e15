import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { FargateService, FargateTaskDefinition, type ICluster, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import type { Bundles } from './bundles.ts';
import { keptFor, removal } from './lifetimes.ts';
import { type PrivateNetwork, proxyPort } from './private-network.ts';
import { squidSettings } from './squid-settings.ts';
import { tagPurpose } from './tags.ts';
import { minimalExecutionRole, platformOf } from './tasks.ts';

/** Where the proxy runs, and whom it lets go where. */
interface ProxyProps {
  readonly names: Names;
  readonly bundles: Bundles;
  readonly network: PrivateNetwork;
  readonly cluster: ICluster;
  /** The front door, where workers report: all that anybody but our functions may reach. */
  readonly reportHost: string;
}

/**
 * The only way out of the network: Squid, which resolves names itself and lets TLS through to what is listed. Its settings
 * are given as text; it has no role and no rights, and no place to write but one folder.
 */
export class EgressProxy extends Construct {
  constructor(scope: Construct, id: string, props: ProxyProps) {
    super(scope, id);
    tagPurpose(this, 'The only way out of the network');
    const { names, network, cluster } = props;
    const { stage } = names;
    const { vpc } = network;
    new FargateService(this, 'Service', {
      serviceName: names.of('egress'),
      cluster,
      taskDefinition: this.#task(props),
      desiredCount: stage.zones,
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

  #task({ names, bundles, network, reportHost }: ProxyProps): FargateTaskDefinition {
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
    const squid = task.addContainer('squid', {
      image: bundles.image('egress', stage.architecture),
      environment: {
        SQUID_SETTINGS: squidSettings({
          port: proxyPort,
          allowed: [reportHost],
          free: network.functionRanges,
        }),
      },
      readonlyRootFilesystem: true,
      healthCheck: { command: ['CMD', 'bash', '-c', `< /dev/tcp/127.0.0.1/${proxyPort}`] },
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'squid' }),
      portMappings: [{ containerPort: proxyPort }],
    });
    task.addVolume({ name: 'settings' });
    squid.addMountPoints({ containerPath: '/tmp', sourceVolume: 'settings', readOnly: false });
    accept(task, {
      'AwsSolutions-ECS2': 'The settings of the proxy are no secret, and change with the stack.',
    });
    return task;
  }
}
