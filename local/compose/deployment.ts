import { readFileSync } from 'node:fs';
import { chmod, rename, writeFile } from 'node:fs/promises';

/** What the deployer tells the gateway, on a volume that both have. */
export interface Deployment {
  /** Address of the REST API on the network of the twin, without a slash at its end. */
  readonly api: string;
  /** Of what is deployed. */
  readonly digest: string;
}

/** Where it stands. */
export const deploymentFile = '/deployment/deployment.json';

/** What is deployed now; `undefined` before the first time, and while it is deployed again. */
export function readDeployment(path: string): Deployment | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Deployment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written whole or not at all: it is read at any time. */
export async function writeDeployment(path: string, deployment: Deployment): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(deployment));
  // The gateway is another user.
  await chmod(`${path}.new`, 0o644);
  await rename(`${path}.new`, path);
}
