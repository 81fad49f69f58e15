import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pictureIn, takePicture, withPicture } from '../../scripts/readme-picture.ts';
import { hasShape } from './shape.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the picture in the README is what a run shows: `node scripts/write-readme-picture.ts` makes it', {
  timeout: 300_000,
}, async () => {
  const taken = await takePicture(0);
  const shown = pictureIn(readme);
  assert.ok(hasShape(taken, shown), `${taken}\nis taken now, and shown is\n${shown}`);
});

test('only the picture is replaced, whatever it holds', () => {
  const changed = withPicture(readme, 'Server   http://127.0.0.1:1  costs $1 and $&\n');
  assert.equal(pictureIn(changed), 'Server   http://127.0.0.1:1  costs $1 and $&\n');
  assert.equal(withPicture(changed, pictureIn(readme)), readme);
});
