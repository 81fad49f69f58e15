import { globalAgent } from 'node:https';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { clientSettings } from './settings.ts';

/**
 * The client of the connections of one WebSocket API. `endpoint`: its `https` address with the stage. No network has an
 * endpoint for it: where Node has a proxy for everything (`NODE_USE_ENV_PROXY`), only its own agent knows, which this asks.
 */
export const apiGatewayManagementClient = (endpoint: string): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient({
    ...clientSettings,
    requestHandler: { ...clientSettings.requestHandler, httpsAgent: globalAgent },
    endpoint,
  });
