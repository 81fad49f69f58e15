import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type {
  WebSocketEvent,
  WebSocketHandler,
  WebSocketResult,
} from '../../../../functions/websocket/event.ts';
import { TandemError } from '../../../../shared/errors/tandem-error.ts';
import type { LiveFunctions } from '../../../gateway/websockets/options.ts';

interface Where {
  readonly client: Pick<LambdaClient, 'send'>;
  /** What their names begin with: `tandem-twin`. */
  readonly prefix: string;
}

/** The functions of the live channel, invoked as a WebSocket API of API Gateway invokes them. */
export function lambdaFunctions(where: Where): LiveFunctions {
  return {
    connect: invoked(where, 'live-connect'),
    message: invoked(where, 'live-message'),
    disconnect: invoked(where, 'live-disconnect'),
  };
}

function invoked({ client, prefix }: Where, name: string): WebSocketHandler {
  return async (event) => {
    const { Payload, FunctionError } = await reached(client, `${prefix}-${name}`, event);
    const answer = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError !== undefined) throw new Error(`${prefix}-${name} failed: ${answer.slice(0, 1_000)}`);
    return JSON.parse(answer) as WebSocketResult;
  };
}

/** While the functions are being deployed there is nobody to ask. */
async function reached(client: Where['client'], name: string, event: WebSocketEvent) {
  try {
    return await client.send(
      new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
    );
  } catch (cause) {
    throw new TandemError('engine.unavailable', { message: `The function ${name} does not answer`, cause });
  }
}
