import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { imageAsset } from './images.ts';

describe('images of a deployment', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'tandem-images-'));
  after(() => rmSync(outdir, { recursive: true, force: true }));
  const stack = new Stack(new App({ outdir }), 'Images');

  for (const name of ['space', 'egress'] as const) {
    const hash = (id: string, month: string) =>
      new DockerImageAsset(stack, `${name}-${id}`, imageAsset(name, 'arm64', month)).assetHash;

    it(`are others each month, and the same within it: ${name}`, () => {
      const november = hash('1', '2026-11');
      assert.equal(hash('2', '2026-11'), november);
      assert.notEqual(hash('3', '2026-12'), november);
    });

    it(`are told the month before their first command on the base that they are made of: ${name}`, () => {
      const { directory, file = '' } = imageAsset(name, 'arm64', '2026-11');
      const made =
        readFileSync(join(directory, file), 'utf8')
          .split(/^FROM /m)
          .at(-1) ?? '';
      const told = made.search(/^ARG MONTH/m);
      assert.ok(told >= 0 && told < made.search(/^RUN /m));
    });
  }
});
