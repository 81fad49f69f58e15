/** Which operation a worker is launched for. */
interface LaunchedFor {
  readonly tenant: string;
  readonly run: string;
  readonly operation: number;
}

/** What a worker is known by to the service that runs it: `<tenant>/<run>/<operation>`, at most 128 characters. */
export function launchName({ tenant, run, operation }: LaunchedFor): string {
  return `${tenant}/${run}/${operation}`;
}

/** The operation that a name speaks of; `undefined` for what was launched by somebody else. */
export function readLaunchName(name: string): LaunchedFor | undefined {
  const match = /^([a-z0-9][a-z0-9-]{0,62})\/(\w+)\/([1-9]\d{0,9})$/.exec(name);
  if (!match) return undefined;
  const [, tenant = '', run = '', operation = ''] = match;
  return { tenant, run, operation: Number(operation) };
}
