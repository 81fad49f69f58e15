import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Requirement, requirements, type Standing } from './requirements.ts';
import { faults } from './requirements-check.ts';

function readFromCheckout(path: string): string | undefined {
  try {
    return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

describe('the requirements', () => {
  it('are all listed once, each with what proves, settles or will bring it', () => {
    assert.deepEqual(faults(requirements, readFromCheckout), []);
  });

  const files: Readonly<Record<string, string>> = {
    'a.test.ts': `describe('runs', () => { it('are durable', () => {}); it(\`survive \${cut}\`, () => {}); });`,
    'docs/adr/0001-x.md': '# x',
  };
  const list = (standing: Standing) =>
    requirements.map((requirement): Requirement => (requirement[0] === 1 ? [1, 'x', standing] : requirement));
  const faultsOf = (changed: readonly Requirement[]) =>
    faults(changed, (path) => files[path] ?? readFromCheckout(path));

  it('may be proven by a test or settled by a decision', () => {
    assert.deepEqual(
      faultsOf(list({ proven: ['a.test.ts#runs › are durable', 'a.test.ts#are durable'] })),
      [],
    );
    assert.deepEqual(faultsOf(list({ proven: ['a.test.ts#survive …'] })), []);
    assert.deepEqual(faultsOf(list({ adr: 'docs/adr/0001-x.md' })), []);
  });

  it('cannot be left out, doubled or made up', () => {
    const [first, ...others] = requirements;
    assert.ok(first);
    assert.deepEqual(faultsOf(others), ['1 is not listed']);
    assert.deepEqual(faultsOf([...requirements, first]), ['1 is listed twice']);
    assert.deepEqual(faultsOf([...requirements, [317, 'x', { later: 'worlds' }]]), ['317 is no requirement']);
  });

  const unproven: [string, Standing, string][] = [
    ['no file', { proven: ['b.test.ts#x'] }, '1: b.test.ts is no test file'],
    ['what is no test', { proven: ['docs/adr/0001-x.md#x'] }, '1: docs/adr/0001-x.md is no test file'],
    [
      'no test of that name',
      { proven: ['a.test.ts#durable'] },
      '1: a.test.ts has no test or suite "durable"',
    ],
    ['a whole file', { proven: ['a.test.ts'] }, '1: a.test.ts is named without a test'],
    ['nothing', { proven: [] }, '1: names no proof'],
    ['a decision nobody wrote', { adr: 'docs/adr/9.md' }, '1: docs/adr/9.md does not exist'],
  ];
  for (const [what, standing, fault] of unproven) {
    it(`cannot be proven by ${what}`, () => assert.deepEqual(faultsOf(list(standing)), [fault]));
  }
});
