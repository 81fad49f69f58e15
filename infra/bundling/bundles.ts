import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IgnoreMode } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bundles } from '../constructs/bundles.ts';
import { bundleFunction } from './bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What of the checkout images are built from: nothing else is sent to Docker, or changes what they are called. */
const forImages = ['*', '!containers', '!shared', '!package.json', '!package-lock.json', '!tsconfig.json'];

/** What a deployment is really made of. Functions are bundled into a folder, from which CDK takes what it finds. */
export const realBundles = (folder: string): Bundles => ({
  code: (spec) => Code.fromAsset(bundleFunction(spec, folder)),
  image: (name, architecture) =>
    ContainerImage.fromAsset(root, {
      file: join('containers', name, 'Dockerfile'),
      platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
      exclude: forImages,
      ignoreMode: IgnoreMode.DOCKER,
    }),
});
