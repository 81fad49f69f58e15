import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IgnoreMode } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { databaseFunction } from '../../functions/deployed/database.ts';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { inParallel } from '../../shared/aws/dynamodb/in-parallel.ts';
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

/** Each takes the bundler a few tenths of a second, and memory for all that it may need. */
const atOnce = 4;

/**
 * What a deployment is really made of. All functions are bundled into a folder, once each however many stages are made of
 * them; from there CDK takes what it finds.
 */
export async function realBundles(folder: string): Promise<Bundles> {
  const made = new Map<string, string>();
  await inParallel(
    [...httpFunctions(), ...deployedFunctions, databaseFunction],
    async (spec) => void made.set(spec.name, await bundleFunction(spec, folder)),
    atOnce,
  );
  return {
    code({ name }) {
      const path = made.get(name);
      if (path === undefined) throw new Error(`${name} is none of the functions that are deployed`);
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
