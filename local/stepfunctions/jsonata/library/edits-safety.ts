import { type Edit, once } from './edit.ts';

/** What keeps data from being taken for anything but data. */
export const safety: readonly Edit[] = [
  // Only what an object holds itself is a field of it: `constructor` and `__proto__` are names like any other.
  once('result = input[key];', 'result = Object.hasOwn(input, key) ? input[key] : undefined;'),
  once('if (groups.hasOwnProperty(key)) {', 'if (key in groups) {'),
  once('var groups = {};', 'var groups = Object.create(null);'),
  once('                result[key] = value;', '                __put(result, key, value);'),
  once('var merge = {};', 'var merge = Object.create(null);'),
  once('obj[key] = arg[key];', '__put(obj, key, arg[key]);'),
  once('result[prop] = obj[prop];', '__put(result, prop, obj[prop]);'),
  once('result[item] = entry;', '__put(result, item, entry);'),
  once('match[prop] = update[prop];', '__put(match, prop, update[prop]);'),
  once("return {'@': item}", "return {__proto__: null, '@': item}"),
  once("var tuple = {'@': sorted[ss]};", "var tuple = {__proto__: null, '@': sorted[ss]};"),
  once('                    tuple = {};', '                    tuple = Object.create(null);'),
  once(
    'var result = {};\n        Object.assign(result, tupleStream[0]);',
    'var result = Object.create(null);\n        Object.assign(result, tupleStream[0]);',
  ),
  once('const wordValues = {};', 'const wordValues = Object.create(null);'),
  once('var lookup = {};', 'var lookup = Object.create(null);'),
  // Marks that the library sets on values are symbols, so that no document can bear them.
  { find: /\._jsonata_(lambda|function)\b/g, put: '[__marks.$1]', times: 5 },
  { find: /\b_jsonata_(lambda|function): true/g, put: '[__marks.$1]: true', times: 3 },
  { find: /\.tupleStream\b/g, put: '[__marks.tuples]', times: 9 },
  { find: /\.outerWrapper\b/g, put: '[__marks.wrapper]', times: 5 },
  once("typeof arg === 'object' && !isLambda(arg)) {", "typeof arg === 'object' && !isFunction(arg)) {"),
  // Documents are shared with the history: they are never written to.
  once('            input.push(undefined);', '            input = createSequence(undefined);'),
  once(
    '            resultSequence.keepSingleton = true;',
    '            if(!isSequence(resultSequence)) { resultSequence = resultSequence.slice(); }\n            resultSequence.keepSingleton = true;',
  ),
  once("if(typeof proc === 'object') {", "if(typeof proc === 'object' && isFunction(proc)) {"),
  once(
    "if(result.body.procedure.type === 'variable') {",
    "if(!isFunction(next)) { throw { code: 'T1006', stack: '' }; }\n            if(result.body.procedure.type === 'variable') {",
  ),
];
