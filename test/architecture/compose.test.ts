import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const file = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');

describe('the file of the Compose twin', () => {
  it('opens ports on loopback only', () => {
    const lists = [...file.matchAll(/^ {4}ports:\n((?: {6}- .*\n)+)/gm)].map(([, list = '']) => list);
    const ports = lists.flatMap((list) => list.trim().split(/\n */));
    assert.equal(file.match(/\bports:/g)?.length, lists.length);
    assert.ok(ports.length >= 2);
    for (const port of ports) assert.match(port, /^- "127\.0\.0\.1:\d+:\d+"$/);
    assert.doesNotMatch(file, /network_mode:\s*"?host/);
  });

  it('lets a deployment fail of what LocalStack does not know', () => {
    assert.match(file, /^ +CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES: "0"$/m);
  });
});
