import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { synthesized, type Template } from '../testing/synthesized.ts';

const fileOf = (stage: string, stack: string) =>
  new URL(`../testing/snapshots/${stage}/${stack}.json`, import.meta.url);
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

/** With every key of context in one or another; what is deployed of the twin is deployed in its own tests. */
const contexts = {
  dev: { stage: 'dev' },
  prod: { stage: 'prod', tasks: 'on', gpu: 'on', tenants: 'acme', alarmEmail: 'ops@example.com' },
  aurora: { stage: 'prod', stateStore: 'aurora', firewall: 'off' },
} as const;

for (const [stage, context] of Object.entries(contexts)) {
  describe(`the templates of ${stage}`, () => {
    let templates: Readonly<Record<string, Template>> = {};
    before(() => {
      templates = synthesized(context);
    });

    it('are of six stacks', () => assert.deepEqual(Object.keys(templates).sort(), [...stacks].sort()));

    for (const stack of stacks) {
      it(`${stack} is as it was: remove infra/testing/snapshots/${stage}/${stack}.json and run this to take what it is now`, () => {
        const template = templates[stack];
        assert.ok(template);
        const now = masked(template);
        const file = fileOf(stage, stack);
        if (!existsSync(file)) {
          assert.equal(process.env['CI'], undefined, 'a snapshot is missing');
          mkdirSync(new URL('.', file), { recursive: true });
          writeFileSync(file, now);
        }
        const was = readFileSync(file, 'utf8');
        if (was !== now) assert.deepEqual(JSON.parse(now), JSON.parse(was));
      });
    }
  });
}
