import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';

/** The socket that the twin's launcher speaks to. */
export const dockerSocket = '/var/run/docker.sock';

const image = 'tandem/space';

/** The image of spaces, built where it is missing; or why there is none, in a sentence without a full stop. */
export function spaceImage(): { readonly image: string } | { readonly absent: string } {
  if (spawnSync('docker', ['version']).status !== 0) return { absent: 'there is no Docker' };
  if (spawnSync('docker', ['image', 'inspect', image]).status === 0) return { image };
  const build = ['build', '--network', 'host', '-f', 'containers/space/Dockerfile', '-t', image, '.'];
  const { status, stderr } = spawnSync('docker', build, { encoding: 'utf8' });
  return status === 0 ? { image } : { absent: `its image cannot be built: ${stderr.slice(-300)}` };
}

/** How a container of Docker's own network finds this machine. */
export function hostOfContainers(): string {
  return networkInterfaces()['docker0']?.[0]?.address ?? 'host.docker.internal';
}
