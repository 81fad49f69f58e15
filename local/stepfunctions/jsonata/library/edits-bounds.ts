import { type Edit, once } from './edit.ts';

/** What makes every evaluation end, whatever it is asked: each step is counted, and what would be large is asked for. */
export const bounds: readonly Edit[] = [
  // A step of the evaluation.
  once(
    `var entryCallback = environment.lookup(Symbol.for('jsonata.__evaluate_entry'));
        if(entryCallback) {
            entryCallback(expr, input, environment);
        }`,
    '__meter.enter();',
  ),
  once(
    `var exitCallback = environment.lookup(Symbol.for('jsonata.__evaluate_exit'));
        if(exitCallback) {
            exitCallback(expr, input, environment, result);
        }`,
    '__meter.exit(result);',
  ),
  {
    find: /function createFrame\(enclosingEnvironment\) \{[\s\S]*?\n {4}\}\n/g,
    put: 'function createFrame(enclosingEnvironment) { __meter.tick(1); return new __Frame(enclosingEnvironment, __meter); }\n',
    times: 1,
  },
  // Each round of a loop, each call of a function.
  {
    find: /^(?!.*'use strict')(.*(?:\bfor|\bwhile) ?\(.*\) ?\{)[ \t]*$/gm,
    put: '$1 if (--__meter.left < 0) __meter.exhausted();',
    times: 99,
  },
  {
    find: /^(.*\bfunction ?\w*\([^()]*\) \{)[ \t]*\n(?! *'use strict')/gm,
    put: '$1 if (--__meter.left < 0) __meter.exhausted();\n',
    times: 282,
  },
  {
    find: /\.forEach\((key|val) => result(Sequence)?\.push\(/g,
    put: '.forEach($1 => __meter.push(result$2, ',
    times: 3,
  },
  // What one call would make large.
  once('result = new Array(size);', '__meter.items(size); result = new Array(size);'),
  once('return arg1.concat(arg2);', '__meter.items(arg1.length + arg2.length); return arg1.concat(arg2);'),
  once(
    'result = lstr.concat(rstr);',
    '__meter.chars(lstr.length + rstr.length); result = lstr.concat(rstr);',
  ),
  once(
    'var padding = (new Array(padLength + 1)).join(char);',
    '__meter.chars(padLength * char.length); var padding = (new Array(padLength + 1)).join(char);',
  ),
  once(
    "var padding = (new Array(padLength + 1)).join('0');",
    "__meter.chars(padLength); var padding = (new Array(padLength + 1)).join('0');",
  ),
  once('return strs.join(separator);', 'return __meter.join(strs, separator);'),
  once('result += replacement;', 'result += replacement; __meter.chars(result.length);'),
  once('result += replacedWith;', 'result += replacedWith; __meter.chars(result.length);'),
  once(
    'result = str.split(separator, limit);',
    '__meter.items(str.length); result = str.split(separator, limit);',
  ),
  once('var defaults = {', '__meter.picture(picture, options); var defaults = {'),
  once('return Math.max.apply(Math, args);', 'return args.reduce((a, b) => Math.max(a, b));'),
  once('return Math.min.apply(Math, args);', 'return args.reduce((a, b) => Math.min(a, b));'),
  once(
    'str = JSON.stringify(arg, function (key, val) {',
    'str = JSON.stringify(arg, function (key, val) { __meter.text(val);',
  ),
  once(
    'result = proc.implementation.apply(focus, validatedArgs);',
    '__meter.taken(validatedArgs); result = __meter.made(proc.implementation.apply(focus, validatedArgs));',
  ),
  once('return JSON.stringify(err[arguments[1]]);', 'return __meter.quote(err[arguments[1]]);'),
  once('function isDeepEqual(lhs, rhs) {', 'function isDeepEqual(lhs, rhs) { __meter.text(lhs);'),
  // Nobody reads where in the library an error was made, and making that text takes longer than the evaluation.
  { find: 'stack: (new Error()).stack', put: "stack: ''", times: 75 },
  // Regular expressions: the only thing whose time nobody can count.
  once(
    'var re = new jsonata.RegexEngine(expr.value);',
    '__meter.pattern(); var re = new RegExp(expr.value);',
  ),
  once(
    'signature: expr.signature,\n            body: expr.body',
    'signature: __meter.signature(expr.signature),\n            body: expr.body',
  ),
  once(
    "const matcher = new RegExp(fullRegex, 'i');",
    "__meter.pattern(); const matcher = new RegExp(fullRegex, 'i');",
  ),
  once('if (!iso8601regex.test(timestamp)) {', 'if (!iso8601regex.test(__meter.brief(timestamp))) {'),
  { find: /\bMath\.random\(\)/g, put: '__meter.random()', times: 2 },
];
