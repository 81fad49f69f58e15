import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { synthesized, type Template } from '../testing/synthesized.ts';

const folder = new URL('../testing/snapshots/', import.meta.url);
const fileOf = (stack: string) => new URL(`${stack}.json`, folder);
const stacks = ['network', 'data', 'identity', 'api', 'execution', 'observability'];

/**
 * A resource a line, without what changes with every build: hashes of what functions are made of, and of what is in a
 * deployment of the API.
 */
function masked({ Resources, ...rest }: Template): string {
  const lines = Object.entries(Resources).map(
    ([id, { Metadata: _, ...resource }]) => `${JSON.stringify(id)}: ${JSON.stringify(resource)}`,
  );
  return `{"Resources": {\n${lines.join(',\n')}\n},\n"Rest": ${JSON.stringify(rest)}}\n`
    .replace(/[0-9a-f]{64}(?=\.(zip|json))/g, 'HASH')
    .replace(/DoorApiDeployment[0-9A-F]{8}[0-9a-f]{32}/g, 'DoorApiDeploymentHASH');
}

/** One for each stack, of stage dev. */
describe('the templates of stage dev', () => {
  let templates: Readonly<Record<string, Template>> = {};
  before(() => {
    templates = synthesized({ stage: 'dev' });
  });

  it('are of six stacks', () => assert.deepEqual(Object.keys(templates).sort(), [...stacks].sort()));

  for (const stack of stacks) {
    it(`${stack} is as it was: remove infra/testing/snapshots/${stack}.json and run this to take what it is now`, () => {
      const template = templates[stack];
      assert.ok(template);
      const now = masked(template);
      if (!existsSync(fileOf(stack))) {
        assert.equal(process.env['CI'], undefined, 'a snapshot is missing');
        mkdirSync(folder, { recursive: true });
        writeFileSync(fileOf(stack), now);
      }
      const was = readFileSync(fileOf(stack), 'utf8');
      if (was !== now) assert.deepEqual(JSON.parse(now), JSON.parse(was));
    });
  }
});
