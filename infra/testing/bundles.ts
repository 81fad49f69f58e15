import { fileURLToPath } from 'node:url';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bundles } from '../constructs/bundles.ts';

const folder = fileURLToPath(new URL('./function', import.meta.url));

/** Every function is the same few bytes: templates are what a test looks at. */
export const testBundles: Bundles = {
  code: () => Code.fromAsset(folder),
  image: (name) => ContainerImage.fromRegistry(`registry.example.com/tandem/${name}:1`),
};
