import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../shared/domain/json.ts';
import { Deferred } from '../jsonata/deferred.ts';
import { compileJsonataTemplate } from '../jsonata/template.ts';
import { TestScope } from '../jsonata/testing/scope.ts';
import { scopeOf } from '../testing/scope.ts';
import { Effort } from './effort.ts';
import { compileTemplate } from './payload-template.ts';

test('thousands of wide paths share what one transition may look at', () => {
  const fields = Array.from({ length: 2_000 }, (_, index) => [`field${index}.$`, '$..*']);
  const template = compileTemplate(Object.fromEntries(fields) as Json);
  const effort = new Effort();
  const input = Array(3_000).fill({ a: 1 }) as Json;
  assert.throws(() => template({ ...scopeOf(input), effort }), { error: 'States.Runtime' });
  assert.ok(effort.isLarge);
});

test('of thousands of expressions only the first are evaluated where others wait', () => {
  const template = compileJsonataTemplate(Array(100).fill('{% $sum([1..3000]) %}'), 'Output');
  const scope = Object.assign(new TestScope(), { effort: new Effort() });
  assert.throws(
    () => template(scope),
    (thrown) => thrown instanceof Deferred && thrown.others.length > 10 && thrown.others.length < 95,
  );
});
