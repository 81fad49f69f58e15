import type { Lack } from './twin-lacks.ts';

/** How long CloudWatch keeps a line of a log, in days; the numbers that it knows. */
export type RetentionDays = 1 | 3 | 7 | 14 | 30 | 60 | 90 | 180 | 365 | 731;

/** ECS tasks for commands that are too long for a function. What they need costs money at rest. */
export interface TaskPlaces {
  /** Machines with a GPU, of which none runs at rest. */
  readonly gpu: boolean;
}

/** How many requests API Gateway lets through. */
export interface Throttle {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Everything that differs between deployments of Tandem, decided once. Constructs ask the stage and never its name.
 * What costs at rest is marked; `docs/design/aws.md` has the prices.
 */
export interface Stage {
  /** Part of every name: `tandem-<name>-…`. */
  readonly name: string;
  /** 12 digits; without it the templates fit every account. */
  readonly account?: string;
  readonly region?: string;
  /** What the place it is deployed to cannot do. Empty on AWS. */
  readonly lacks: readonly Lack[];
  /** Aurora costs storage at rest, and puts functions, endpoints and the proxy into the network. */
  readonly store: 'dynamodb' | 'aurora';
  /** Whether data outlive their stack: removal refused by the services, and resources kept when a stack goes. */
  readonly keepsData: boolean;
  readonly logs: {
    readonly days: RetentionDays;
    /** Whether the state machine's log holds inputs and outputs, in which users' words may stand. */
    readonly executionData: boolean;
  };
  /** What all callers together, and each tenant, may ask. */
  readonly throttle: { readonly all: Throttle; readonly tenant: Throttle; readonly tenantPerDay: number };
  /**
   * Tenants with a usage plan key and a machine client of their own. The others share a key, and their machines have API
   * keys of Tandem's own.
   */
  readonly tenants: readonly string[];
  /** Requests from one address in five minutes beyond which a firewall refuses it. Costs at rest. */
  readonly firewall?: number;
  /** In how many zones interface endpoints and the proxy are, where somebody needs them; each zone costs the same again. */
  readonly zones: 1 | 2;
  /** Costs at rest. */
  readonly tasks?: TaskPlaces;
  /** `few` are the ten that CloudWatch gives for nothing; `all` costs at rest. */
  readonly alarms: 'few' | 'all';
  /** Who is told of alarms. */
  readonly alarmEmail?: string;
  /**
   * Whether functions that ask for it get concurrency of their own. An account of less than 100 and what is reserved
   * refuses it, as young accounts do. No data depend on it.
   */
  readonly reservesConcurrency: boolean;
  readonly architecture: 'arm64' | 'x86_64';
  /** Present where no user pool is: the issuer whose tokens are taken, as `TANDEM_OIDC` writes it. */
  readonly issuer?: { readonly issuer: string; readonly jwksUri: string; readonly audience: string };
  /** What the places that LocalStack does not have are called, where they have to be named. */
  readonly surroundings?: Surroundings;
}

/** Addresses on the network of the Compose twin, as functions see them. */
export interface Surroundings {
  /** What every function that is ours is told: where AWS's services are, as AWS's own SDK reads it, and what is allowed there. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where workers report. */
  readonly report: string;
  /** What `@connections` of the WebSocket API is below. */
  readonly connections: string;
  /** The origin that signed addresses are to have. */
  readonly signedUrl: string;
  /** How many calls of each step of runs are under way at once, where each has a container of its own. */
  readonly stepsAtOnce: number;
  /** Where workers connect to instead, by origin (`TANDEM_ORIGINS`). */
  readonly origins: Readonly<Record<string, string>>;
  /** As `TANDEM_SPACE_TASKS` writes it: what the launcher takes for cluster and task definition. */
  readonly spaceTasks: SpaceTasks;
}

/** Where ECS tasks of spaces are started, as the functions that start them are told (`TANDEM_SPACE_TASKS`). */
export interface SpaceTasks {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly container: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** In order of preference within a kind. */
  readonly capacity: readonly {
    readonly provider: string;
    /** Where another than the common one is needed. */
    readonly taskDefinition?: string;
    readonly kind: 'gpu' | 'cpu';
    /** May be taken away at two minutes' notice. */
    readonly spot?: true;
  }[];
}

/** Whether a deployment of this stage has something. */
export const has = (stage: Stage, what: Lack): boolean => !stage.lacks.includes(what);
