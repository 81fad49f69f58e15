import { ApiGatewaySender } from '../../../../shared/aws/apigateway/connection-sender.ts';
import { apiGatewayManagementClient } from '../../../../shared/aws/sdk/api-gateway-management.ts';
import type { ConnectionSender } from '../../../../shared/ports/connections.ts';

/** Connections of the WebSocket API whose `@connections` are at `endpoint`. */
export const apiGatewaySender = (endpoint: string): ConnectionSender =>
  new ApiGatewaySender({ client: apiGatewayManagementClient(endpoint) });
