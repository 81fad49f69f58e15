import type { Json } from '../../shared/domain/json.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { invalidRequest } from './invalid-request.ts';

const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c];
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
 * disagree about or trip over: a name twice in one object, `__proto__` as a name, text with unpaired surrogates, and
 * nesting beyond {@link wireLimits.jsonDepth}. Throws `request.invalid`.
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
    switch (text.charCodeAt(at)) {
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
