import type { ServerResponse } from 'node:http';
import type { FrontContext } from '../../functions/middleware/lambda.ts';

/** Requests that wait for news, so that they can be answered when the server stops. */
export type Waiting = Set<AbortController>;

/**
 * The Lambda context of a request at the gateway. Its signal is made when somebody asks for it, which only requests
 * with `wait=` do; it is aborted when the client leaves or the server stops.
 */
export class GatewayContext implements FrontContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion = '$LATEST';
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB = '1024';
  readonly logGroupName = '';
  readonly logStreamName = '';
  callbackWaitsForEmptyEventLoop = false;
  readonly #response: ServerResponse;
  readonly #waiting: Waiting;
  #controller: AbortController | undefined;

  constructor(request: {
    readonly id: string;
    readonly route: string;
    readonly response: ServerResponse;
    readonly waiting: Waiting;
  }) {
    this.awsRequestId = request.id;
    this.functionName = request.route;
    this.invokedFunctionArn = request.route;
    this.#response = request.response;
    this.#waiting = request.waiting;
  }

  get signal(): AbortSignal {
    if (this.#controller !== undefined) return this.#controller.signal;
    const controller = new AbortController();
    this.#controller = controller;
    this.#waiting.add(controller);
    this.#response.once('close', () => {
      this.#waiting.delete(controller);
      // Making the reason of an abort costs more than the rest of this: only for who has left unanswered.
      if (!this.#response.writableFinished) controller.abort();
    });
    if (this.#response.destroyed) controller.abort();
    return controller.signal;
  }

  /** No limit but the handler's own. */
  getRemainingTimeInMillis(): number {
    return 900_000;
  }

  done(): void {}
  fail(): void {}
  succeed(): void {}
}
