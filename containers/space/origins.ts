/** Where to connect instead, by origin (`http://host:port`). */
let elsewhere: Readonly<Record<string, string>> = {};

/** From now on whoever is to be asked at one of these origins is looked for at the address beside it. */
export function connectElsewhere(origins: Readonly<Record<string, string>>): void {
  elsewhere = origins;
}

/** Where to connect, and as whom the one who answers is addressed. */
export interface Destination {
  readonly url: URL;
  readonly host: string;
}

/**
 * Where an address is asked. `Host` stays that of the address, whatever is connected to: a signed address is good for
 * one host only, and inside a container `localhost` is somebody else.
 */
export function destinationOf(address: string): Destination {
  const asked = new URL(address);
  const instead = elsewhere[asked.origin];
  if (instead === undefined) return { url: asked, host: asked.host };
  return { url: new URL(`${asked.pathname}${asked.search}`, instead), host: asked.host };
}
