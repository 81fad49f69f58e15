import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from './npm-failures.mjs';

describe('explain', () => {
  const cases: [string, number | string, string, RegExp][] = [
    ['npm is missing', 'ENOENT', '', /npm was not found/],
    ['npm is missing, says the shell', 127, 'sh: npm: not found', /npm was not found/],
    [
      'there is no network',
      1,
      'npm error code ECONNREFUSED\nnpm error network',
      /registry cannot be reached/,
    ],
    ['the lock file is out of step', 1, 'npm error code EUSAGE', /does not match package.json/],
    ['a package was changed', 1, 'npm error code EINTEGRITY', /not the one that package-lock\.json names/],
    ['the registry refuses', 1, 'npm error code E401', /refused a package/],
    ['the disk is full', 228, 'npm error code ENOSPC', /disk is full/],
    ['the folder is read-only', 243, 'npm error code EACCES', /cannot be written/],
    [
      'anything else',
      3,
      'npm error code EODD\nnpm error It is odd.\n',
      /ended with 3 \(npm error It is odd\.\)/,
    ],
  ];
  for (const [situation, code, output, sentence] of cases) {
    it(`says in one line what to do when ${situation}`, () => {
      const said = explain(code, output);
      assert.match(said, sentence);
      assert.doesNotMatch(said, /\n/);
    });
  }
});
