import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { clientSettings } from './settings.ts';

/** The client of the connections of one WebSocket API. `endpoint`: its `https` address with the stage. */
export const apiGatewayManagementClient = (endpoint: string): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient({ ...clientSettings, endpoint });
