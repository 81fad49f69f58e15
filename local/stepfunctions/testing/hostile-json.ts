import fc from 'fast-check';
import type { Json } from '../../../shared/domain/json.ts';

const names = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', ''],
  ...[
    'Type',
    'Next',
    'End',
    'States',
    'StartAt',
    'Branches',
    'ItemProcessor',
    'Iterator',
    'Choices',
    'Catch',
  ],
  ...[
    'Parameters',
    'a.$',
    '.$',
    '$',
    'Output',
    'Assign',
    'QueryLanguage',
    'Resource',
    'ErrorEquals',
    'Retry',
  ],
];
const texts = [
  ...[
    '',
    '$',
    '$$',
    '$.',
    '$[',
    '$..*',
    '$[?(@.a)]',
    '$.a[0:9:0]',
    '$.constructor',
    '$__proto__',
    'Pass',
    'Map',
  ],
  ...['States.Format(', "States.Format('{}', $.a)", 'States.ArrayRange(0,1e9,1)', 'States.ALL', 'JSONata'],
  ...[
    '{% %}',
    '{% $states.input %}',
    '{% ((((((( %}',
    '{% /(a+)+$/ %}',
    '{% [1..1e9] %}',
    '{%',
    '2016-13-45T99:99:99Z',
  ],
  'x'.repeat(5_000),
];
const numbers = [0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, Number.MIN_VALUE, 99_999_999, 100_000_000];

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, ...texts, ...numbers),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** Names of fields that mean something, to JavaScript or to a definition, and others. */
export const hostileName = fc.oneof(fc.constantFrom(...names), fc.string());
/** Any JSON, more of it such as breaks things. */
export const hostile = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(fc.tuple(hostileName, tie('value')), { maxLength: 6 }).map(asObject),
  ),
})).value;

/** With an own `__proto__`, as JSON.parse makes it. */
export function asObject(entries: readonly (readonly [string, Json])[]): Json {
  const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${members.join(',')}}`) as Json;
}
