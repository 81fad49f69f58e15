import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IgnoreMode } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bundles } from '../constructs/bundles.ts';
import { bundleFunction } from './bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What images are built from: nothing else is sent to Docker, or changes what they are called. */
const sources = {
  space: {
    folder: root,
    file: join('containers', 'space', 'Dockerfile'),
    exclude: ['*', '!containers', '!shared', '!package.json', '!package-lock.json', '!tsconfig.json'],
  },
  egress: { folder: join(root, 'containers', 'egress'), file: 'Dockerfile', exclude: ['*', '!Dockerfile'] },
};

/**
 * What a deployment is really made of. Functions are bundled into a folder, once each however many stages are made of
 * them; from there CDK takes what it finds.
 */
export function realBundles(folder: string): Bundles {
  const made = new Map<string, string>();
  return {
    code(spec) {
      const path = made.get(spec.name) ?? bundleFunction(spec, folder);
      made.set(spec.name, path);
      return Code.fromAsset(path);
    },
    image(name, architecture) {
      const { folder: context, ...source } = sources[name];
      return ContainerImage.fromAsset(context, {
        ...source,
        platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
        ignoreMode: IgnoreMode.DOCKER,
      });
    },
  };
}
