import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

describe('the services at boot', () => {
  it('load no client of the SDK before one is used', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      const { Services } = await import(${JSON.stringify(new URL('services.ts', import.meta.url).href)});
      const { endpointsFrom } = await import(${JSON.stringify(new URL('endpoints.ts', import.meta.url).href)});
      const clock = { now: () => 0, at: () => () => {} };
      const services = new Services({ endpoints: endpointsFrom({}), clock });
      services.find('arn:aws:states:::sqs:sendMessage');
      console.log(JSON.stringify(loaded.filter((url) => url.includes('node_modules'))));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    assert.deepEqual(JSON.parse(stdout), []);
  });
});
