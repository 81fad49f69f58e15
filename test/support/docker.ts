import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';

/** The socket that the twin's launcher speaks to. */
export const dockerSocket = '/var/run/docker.sock';

/** An image of ours, or why there is none, in a sentence without a full stop. */
export type Image = { readonly image: string } | { readonly absent: string };

/** What an image is built from, and by which file. */
const sources = {
  space: ['-f', 'containers/space/Dockerfile', '.'],
  egress: ['containers/egress'],
};

/** An image of ours as its Dockerfile is now; built again it costs a look at what Docker remembers. */
export function ourImage(name: keyof typeof sources): Image {
  if (spawnSync('docker', ['version']).status !== 0) return { absent: 'there is no Docker' };
  const image = `tandem/${name}`;
  const build = ['build', '--network', 'host', '-t', image, ...sources[name]];
  const { status, stderr } = spawnSync('docker', build, { encoding: 'utf8' });
  return status === 0 ? { image } : { absent: `its image cannot be built: ${stderr.slice(-300)}` };
}

/** How a container of Docker's own network finds this machine. */
export function hostOfContainers(): string {
  return networkInterfaces()['docker0']?.[0]?.address ?? 'host.docker.internal';
}

/** Why tests with an image are left out, where they may be: in CI they may not. */
export const withoutImage = (found: Image): string | false =>
  'absent' in found && process.env['CI'] === undefined ? found.absent : false;
