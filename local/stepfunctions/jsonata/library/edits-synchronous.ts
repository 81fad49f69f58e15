import { type Edit, once } from './edit.ts';

/**
 * What makes the evaluator answer at once. The library awaits at every node because a host may bind functions that
 * answer later; nothing that is bound here does. Without `async` and `await`, the same text does the same in order.
 */
export const synchronous: readonly Edit[] = [
  { find: /\basync (?=function\b|\()/g, put: '', times: 46 },
  { find: /\bawait\s+/g, put: '', times: 104 },
  { find: 'Promise.all(', put: '(', times: 2 },
  // Recursing once per element is harmless between promises; on one stack it ends at some thousand elements.
  {
    find: /var merge = function \(l, r\) \{[\s\S]*?\n {8}var result = msort\(arr\);/g,
    put: 'var result = __meter.sort(arr, comp);',
    times: 1,
  },
  // What the host needs of the inside.
  once(
    'jsonata.parser = parser; // TODO',
    'jsonata.inside = { parser, evaluate, createFrame, staticFrame, defineFunction, populateMessage, fromMillis: datetime.fromMillis, createSequence, isFunction }; jsonata.parser = parser; // TODO',
  ),
  once("staticFrame.bind('eval', defineFunction(functionEval, '<sx?:x>'));", ''),
];
