/** The longest that an issuer may take, in milliseconds. */
const timeoutMs = 5_000;

/** Bytes of a key set, or of what says where it is: far more than a hundred keys take. */
const mostBytes = 256 * 1_024;

export interface RemoteKeysOptions {
  readonly issuer: string;
  /** Address of its key set; without it, its discovery document says. */
  readonly jwksUri?: string;
  /** Replaces the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/**
 * Fetches the key set of an issuer elsewhere: over https, or from a neighbour in the same network, without following redirects, bounded in time and size.
 * Rejects with an `Error` that says what went wrong.
 */
export function remoteKeys({
  issuer,
  jwksUri,
  fetch: ask = fetch,
}: RemoteKeysOptions): () => Promise<Uint8Array> {
  return async () => read(jwksUri ?? (await discovered(issuer, ask)), ask);
}

async function discovered(issuer: string, ask: typeof fetch): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = JSON.parse(new TextDecoder().decode(await read(address, ask)));
  // Whoever can publish a document under an issuer's name is it: but it must claim to be.
  if (document?.issuer !== issuer || typeof document.jwks_uri !== 'string') {
    throw new Error(`${address} does not describe ${issuer}`);
  }
  return document.jwks_uri;
}

async function read(address: string, ask: typeof fetch): Promise<Uint8Array> {
  if (!isTrustworthy(URL.parse(address))) throw new Error(`${address} is not an https address`);
  const response = await ask(address, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`${address} answers with ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new Error(`${address} answers with more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A name without a dot, like that of a service of Compose, leads to a neighbour in the same network and nowhere else. */
function isTrustworthy(address: URL | null): boolean {
  if (address?.protocol === 'https:') return true;
  return address?.protocol === 'http:' && /^[a-z][a-z0-9-]*$/.test(address.hostname);
}
