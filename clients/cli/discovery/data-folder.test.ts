import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Settings } from '../../../shared/protocol/environment/environment.ts';
import { findDataFolder } from './data-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-data-'));
after(() => rmSync(root, { recursive: true }));
const deep = join(root, 'a/b');
mkdirSync(deep, { recursive: true });

const at = (settings: Settings<'command line'> = {}) => ({
  cwd: deep,
  project: deep,
  settings,
  interactive: false,
});

test('a folder that is named wins, relative to where it was typed', () => {
  assert.equal(findDataFolder(at({ TANDEM_DATA: 'env' }), 'given'), join(deep, 'given'));
  assert.equal(findDataFolder(at({ TANDEM_DATA: 'env' }), undefined), join(deep, 'env'));
});

test('else the nearest one, else one to be made here', () => {
  assert.equal(findDataFolder(at(), undefined), join(deep, '.tandem'));
  mkdirSync(join(root, '.tandem'));
  assert.equal(findDataFolder(at(), undefined), join(root, '.tandem'));
});
