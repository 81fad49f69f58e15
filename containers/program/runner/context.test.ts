import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import type { Guest } from '../../../shared/domain/program-bridge.ts';
import { ProgramContext } from './context.ts';

const beginning = { input: 'null', seed: '', now: 0 };

/** Runs code with the bridge in a context; what it finishes with. */
function execute(context: ProgramContext, code: string): unknown {
  const guest: Guest = context.start(new vm.Script(`((bridge) => {'use strict'; ${code}})`), beginning);
  context.settle();
  const end = guest.end();
  return end?.kind === 'finished' ? JSON.parse(end.output) : end;
}

/** Everything that can be seen of a context: all properties of all objects, in order, by their text. */
const inventory = `
  const seen = new Map();
  const lines = [];
  const visit = (value, name) => {
    if (Object(value) !== value || seen.has(value)) return seen.get(value) ?? String(value);
    seen.set(value, name);
    visit(Object.getPrototypeOf(value), name + '.__proto__');
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      const at = name + '.' + String(key);
      const parts = Object.entries(property).map(([part, content]) => part + '=' + visit(content, at));
      lines.push(at + ' ' + parts.join(' '));
    }
    return name;
  };
  visit(globalThis, 'global');
  bridge.finished(JSON.stringify(lines.sort()));
`;

const undone: Record<string, string> = {
  'a global variable': 'globalThis.trace = 1;',
  'a built-in replaced': 'Array.prototype.map = () => 1; Math.max = null; JSON.parse = undefined;',
  'a global replaced': 'globalThis.Promise = class {}; globalThis.Date = undefined;',
  'members added': `Object.prototype.trace = 1; Object.defineProperty(String.prototype, 'trace', { value: 1, configurable: true });
    Reflect.trace = 1; Promise.trace = 1; Symbol.prototype.trace = 1;`,
  'an accessor replaced': `Object.defineProperty(Map.prototype, 'size', { get: () => 7 });`,
  'a hidden prototype changed': 'Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });',
  'the library of errors changed': 'Error.trace = 1; TypeError.prototype.name = "Trace";',
  'the globals of a bundle':
    'globalThis.console = {}; globalThis.setTimeout = () => {}; globalThis.crypto = {};',
};

for (const [what, code] of Object.entries(undone)) {
  test(`what a program leaves behind is undone: ${what}`, () => {
    const context = new ProgramContext();
    const before = execute(context, inventory);
    assert.deepEqual(execute(context, `${code} bridge.finished('1');`), 1);
    assert.equal(context.restore(), true);
    assert.deepEqual(execute(context, inventory), before);
  });
}

const final: Record<string, string> = {
  'a frozen prototype': 'Object.freeze(Array.prototype);',
  'a sealed global object': 'Object.preventExtensions(globalThis);',
  'another prototype': 'Object.setPrototypeOf(Map.prototype, {});',
  'a deleted built-in': 'delete Array.prototype.at;',
  'one deleted, one added': 'delete Array.prototype.at; Array.prototype.trace = 1;',
  'a member that cannot be removed': `Object.defineProperty(Array.prototype, 'trace', { value: 1 });`,
};

for (const [what, code] of Object.entries(final)) {
  test(`a context that cannot be set back is not used again: ${what}`, () => {
    const context = new ProgramContext();
    assert.deepEqual(execute(context, `${code} bridge.finished('1');`), 1);
    assert.equal(context.restore(), false);
  });
}

test('nothing of the host is reachable by accident', () => {
  const context = new ProgramContext();
  const code = `
    const escape = (object) => { try { return object.constructor.constructor('return typeof process')(); } catch (error) { return error.name; } };
    bridge.finished(JSON.stringify([escape(bridge), escape(bridge.request), escape(globalThis), escape([])]));`;
  assert.deepEqual(execute(context, code), Array(4).fill('EvalError'));
});

test('a library that extends the built-ins still works', () => {
  const context = new ProgramContext();
  const code = `
    Array.prototype.last = function () { return this[this.length - 1]; };
    Promise.try2 = (action) => new Promise((resolve) => resolve(action()));
    class Failure extends Error { constructor(message) { super(message); this.name = 'Failure'; } }
    class Bytes extends Uint8Array { toString() { return 'bytes'; } }
    Bytes.prototype.slice = function () { return 'slice'; };
    Promise.try2(() => [1, 2].last()).then((last) =>
      bridge.finished(JSON.stringify([last, new Failure('x').name, String(new Bytes(1)), new Bytes(1).slice()])));`;
  assert.deepEqual(execute(context, code), [2, 'Failure', 'bytes', 'slice']);
});
