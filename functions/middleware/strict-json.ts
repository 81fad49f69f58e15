import type { Json } from '../../shared/domain/json.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { invalidRequest } from './invalid-request.ts';

const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c];
const [zero, nine, minus] = [0x30, 0x39, 0x2d];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** An array or object that the scan is in. */
interface Level {
  /** Names seen so far; absent in an array. */
  readonly names?: Set<string>;
  /** Of the member that the scan is in. */
  name: string;
}

/**
 * Parses a request body as JSON that every reader understands alike. Beyond the grammar it refuses what parsers
 * disagree about or trip over: a name twice in one object, `__proto__` as a name, text with unpaired surrogates, numbers
 * that would come out as others (RFC 7493), and nesting beyond {@link wireLimits.jsonDepth}. Throws `request.invalid`.
 */
export function parseStrictJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw invalidRequest([
      { path: 'body', expected: position ? `valid JSON; it breaks at character ${position}` : 'valid JSON' },
    ]);
  }
  inspect(text);
  return value;
}

/** Walks over a text that is known to be JSON. */
function inspect(text: string): void {
  const escapes = text.includes('\\u');
  const levels: Level[] = [];
  let isName = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === minus || (code >= zero && code <= nine)) {
      at = endOfNumber(text, at, levels) - 1;
      continue;
    }
    switch (code) {
      case quote: {
        const end = endOfText(text, at);
        if (escapes) assertWellFormed(text.slice(at, end), levels);
        if (isName) enterMember(text.slice(at, end), levels);
        at = end - 1;
        break;
      }
      case openBrace:
        enterLevel(levels, { names: new Set(), name: '' });
        isName = true;
        break;
      case openBracket:
        enterLevel(levels, { name: '[]' });
        isName = false;
        break;
      case closeBrace:
      case closeBracket:
        levels.pop();
        isName = false;
        break;
      case comma:
        isName = levels.at(-1)?.names !== undefined;
        break;
      case colon:
        isName = false;
        break;
    }
  }
}

/** Position after the closing quote of the text that starts at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before--;
    if ((end - before) % 2 === 0) return end + 1;
  }
}

/** A whole number with fewer digits is one of those that a double holds. */
const safeDigits = 15;

/** Position after the number that starts at `start`; refuses what a double makes another number of. */
function endOfNumber(text: string, start: number, levels: readonly Level[]): number {
  let end = start + 1;
  let isWhole = true;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code >= zero && code <= nine) continue;
    if (!fraction.has(code)) break;
    isWhole = false;
  }
  if (isWhole && end - start <= safeDigits) return end;
  const value = Number(text.slice(start, end));
  const isKept = isWhole ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (isKept) return end;
  const expected = isWhole ? 'a whole number below 2^53; send larger ones as text' : 'a number below 1.8e308';
  throw invalidRequest([{ path: pathOf(levels), expected }]);
}

/** What may stand in a number besides digits, after its first character: `+ - . E e`. */
const fraction: ReadonlySet<number> = new Set([0x2b, 0x2d, 0x2e, 0x45, 0x65]);

function enterLevel(levels: Level[], level: Level): void {
  levels.push(level);
  if (levels.length <= wireLimits.jsonDepth) return;
  throw invalidRequest([{ path: 'body', expected: `nesting of at most ${wireLimits.jsonDepth} levels` }]);
}

function enterMember(quoted: string, levels: readonly Level[]): void {
  const level = levels.at(-1);
  if (level?.names === undefined) return;
  level.name = quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1);
  if (level.name === '__proto__') {
    throw invalidRequest([{ path: pathOf(levels), expected: 'another name than __proto__' }]);
  }
  if (level.names.has(level.name)) {
    throw invalidRequest([{ path: pathOf(levels), expected: 'each name once in an object' }]);
  }
  level.names.add(level.name);
}

function assertWellFormed(quoted: string, levels: readonly Level[]): void {
  if (!quoted.includes('\\u') || JSON.parse(quoted).isWellFormed()) return;
  throw invalidRequest([{ path: pathOf(levels), expected: 'text without unpaired surrogates' }]);
}

function pathOf(levels: readonly Level[]): string {
  return levels.reduce(
    (path, { name }) => (name === '[]' || name === '' ? path + name : `${path}.${name}`),
    'body',
  );
}
