/** `node scripts/get-docker.ts`: what the tests that need Docker need, which is a Docker Engine that runs. */
import { fileURLToPath } from 'node:url';
import { prepareDocker } from './docker.ts';

prepareDocker(fileURLToPath(new URL('..', import.meta.url)));
