import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IgnoreMode } from 'aws-cdk-lib';
import { type DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { Stage } from '../stages/stage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What images are built from: nothing else is sent to Docker, or changes what they are called. */
const sources = {
  space: {
    directory: root,
    file: join('containers', 'space', 'Dockerfile'),
    exclude: ['*', '!containers', '!shared', '!package.json', '!package-lock.json', '!tsconfig.json'],
  },
  egress: {
    directory: join(root, 'containers', 'egress'),
    file: 'Dockerfile',
    exclude: ['*', '!Dockerfile'],
  },
};

/**
 * An image as CDK builds it. It is named after its sources, and one whose sources stay the same would never be built again:
 * the month (`2026-11`) is part of its name and of what Docker compares, so that the first deployment of a month builds it
 * anew, with what has been fixed since.
 */
export const imageAsset = (
  name: keyof typeof sources,
  architecture: Stage['architecture'],
  month: string,
): DockerImageAssetProps => ({
  ...sources[name],
  buildArgs: { MONTH: month },
  platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
  ignoreMode: IgnoreMode.DOCKER,
});
