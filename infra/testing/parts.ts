import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Parts } from '../app.ts';
import type { Bundles } from '../constructs/bundles.ts';
import type { Deployed } from '../deployed.ts';

const folder = fileURLToPath(new URL('./function', import.meta.url));

/** Every function is the same few bytes: templates are what a test looks at. */
const bundles: Bundles = {
  code: () => Code.fromAsset(join(folder)),
  image: (_scope, name) => ContainerImage.fromRegistry(`registry.example.com/tandem/${name}:1`),
};

/** The parts of a deployment with functions that cost nothing to bundle. */
export const testParts = (deployed: Deployed): Parts => ({ deployed, bundles });
