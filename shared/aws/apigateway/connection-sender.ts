import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { ConnectionSender } from '../../ports/connections.ts';
import { serviceError } from '../sdk/service-error.ts';

/** Sends frames to the connections of a WebSocket API of API Gateway. */
export class ApiGatewaySender implements ConnectionSender {
  readonly #client: Pick<ApiGatewayManagementApiClient, 'send'>;

  constructor({ client }: { readonly client: Pick<ApiGatewayManagementApiClient, 'send'> }) {
    this.#client = client;
  }

  async send(connection: string, frame: string): Promise<'sent' | 'gone'> {
    const post = new PostToConnectionCommand({ ConnectionId: connection, Data: Buffer.from(frame) });
    try {
      await this.#client.send(post);
      return 'sent';
    } catch (error) {
      if (isGone(error)) return 'gone';
      // Such a frame can never be sent: who waits for it reads the log instead.
      if (nameOf(error) === 'PayloadTooLargeException') return this.#hangUp(connection);
      throw serviceError(error, 'the connections of the live channel');
    }
  }

  async #hangUp(connection: string): Promise<'gone'> {
    await this.#client.send(new DeleteConnectionCommand({ ConnectionId: connection })).catch(() => undefined);
    return 'gone';
  }
}

const nameOf = (error: unknown): unknown => (error as { readonly name?: unknown } | undefined)?.name;

function isGone(error: unknown): boolean {
  const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } })?.$metadata
    ?.httpStatusCode;
  return nameOf(error) === 'GoneException' || status === 410;
}
