import { arch } from 'node:process';
import type { Stage } from './stage.ts';
import { allLacks } from './twin-lacks.ts';

/** A stage to try things on: under $5 a month at rest, and gone without a trace. */
export const dev: Stage = {
  name: 'dev',
  lacks: [],
  store: 'dynamodb',
  keepsData: false,
  logs: { days: 14, executionData: true },
  throttle: {
    all: { perSecond: 200, burst: 400 },
    tenant: { perSecond: 100, burst: 200 },
    tenantPerDay: 1_000_000,
  },
  tenants: [],
  zones: 1,
  alarms: 'few',
  reservesConcurrency: false,
  architecture: 'arm64',
};

/** The stage that others rely on: data outlive the stack, and somebody is told when something is wrong. */
export const prod: Stage = {
  ...dev,
  name: 'prod',
  keepsData: true,
  logs: { days: 365, executionData: false },
  throttle: {
    all: { perSecond: 2_000, burst: 4_000 },
    tenant: { perSecond: 500, burst: 1_000 },
    tenantPerDay: 20_000_000,
  },
  firewall: 60_000,
  zones: 2,
  alarms: 'all',
  reservesConcurrency: true,
};

/** The Compose twin: the same stacks on LocalStack, with containers of ours for what it lacks. */
export const twin: Stage = {
  ...dev,
  name: 'twin',
  account: '000000000000',
  region: 'us-east-1',
  lacks: allLacks,
  logs: { days: 1, executionData: true },
  reservesConcurrency: false,
  architecture: arch === 'arm64' ? 'arm64' : 'x86_64',
  issuer: {
    issuer: 'http://localhost:4400',
    jwksUri: 'http://identity:4400/.well-known/jwks.json',
    audience: 'tandem',
  },
  surroundings: {
    variables: {
      AWS_ENDPOINT_URL: 'http://localstack:4566',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb:8000',
      AWS_ENDPOINT_URL_S3: 'http://s3:7070',
      AWS_ENDPOINT_URL_ECS: 'http://launcher:4510',
      // Webhooks of who develops lead to their own machine.
      TANDEM_WEBHOOKS_PRIVATE: 'allow',
    },
    report: 'http://gateway:4400/v1/report',
    connections: 'http://connections:4403',
    signedUrl: 'http://localhost:4400',
    stepsAtOnce: 4,
    origins: { 'http://localhost:4400': 'http://gateway:4400' },
    spaceTasks: {
      cluster: 'tandem-twin',
      taskDefinition: 'tandem-twin-space',
      container: 'space',
      subnets: [],
      securityGroups: [],
      capacity: [{ provider: 'FARGATE', kind: 'cpu' }],
    },
  },
};
