/** Milliseconds. */
export interface GatewayTimeouts {
  /** For the header of a request to arrive. */
  readonly headers: number;
  /** For all of a request to arrive. */
  readonly request: number;
  /** How long a connection may be idle. */
  readonly keepAlive: number;
  /** How long closing waits for what runs. */
  readonly close: number;
}

export const defaultTimeouts: GatewayTimeouts = {
  headers: 10_000,
  request: 30_000,
  keepAlive: 75_000,
  close: 4_000,
};

/** How the server is made: strict about what it reads, and never for ever about waiting for it. */
export function serverOptions(timeouts: GatewayTimeouts) {
  return {
    insecureHTTPParser: false,
    requireHostHeader: true,
    maxHeaderSize: 16 * 1024,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: Math.min(1_000, timeouts.headers),
    highWaterMark: 64 * 1024,
    noDelay: true,
  };
}
