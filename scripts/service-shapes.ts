/**
 * Writes what the actions of AWS services answer, for checking the mocked results of TestState:
 * `local/stepfunctions/test-state/shapes/<service>.br`.
 *
 * Source: the service models that botocore carries (Apache-2.0), of a version from the time at which the recorded
 * answers of TestState were made; later models allow more. To make them anew:
 *
 *     pip download --no-deps botocore==1.41.2 && unzip botocore-*.whl 'botocore/data/*' -d models
 *     node scripts/service-shapes.ts models/botocore/data
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { compactShapes, type ServiceModel } from './service-shapes/compact.ts';
import { services } from './service-shapes/services.ts';

const [models] = process.argv.slice(2);
if (models === undefined) throw new Error('Usage: node scripts/service-shapes.ts BOTOCORE_DATA_FOLDER');

const target = new URL('../local/stepfunctions/test-state/shapes/', import.meta.url);
mkdirSync(target, { recursive: true });
let total = 0;
for (const folder of services) {
  const model = readModel(join(models, folder));
  const bytes = compress(JSON.stringify(compactShapes(model)));
  const name = model.metadata.serviceId.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  writeFileSync(new URL(`${name}.br`, target), bytes);
  total += bytes.length;
}
console.log(`${services.length} services, ${total} bytes.`);

function readModel(folder: string): ServiceModel {
  const newest = readdirSync(folder).sort().at(-1) ?? '';
  return JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz'))).toString());
}

function compress(text: string): Buffer {
  return brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
}
