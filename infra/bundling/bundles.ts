import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { databaseFunction } from '../../functions/deployed/database.ts';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import type { Bundles } from '../constructs/bundles.ts';
import { bundleFunction } from './bundle.ts';
import { imageAsset } from './images.ts';

/** Each takes the bundler a few tenths of a second, and memory for all that it may need. */
const atOnce = 4;

/**
 * What a deployment is really made of. All functions are bundled into a folder, once each however many stages are made of
 * them; from there CDK takes what it finds. Images are those of a month (`2026-11`).
 */
export async function realBundles(folder: string, month: string): Promise<Bundles> {
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
      const { directory, ...asset } = imageAsset(name, architecture, month);
      return ContainerImage.fromAsset(directory, asset);
    },
  };
}
