import { ECSClient } from '@aws-sdk/client-ecs';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/** The client of ECS, one a process. */
export const ecsClient = once(() => new ECSClient(clientSettings));
