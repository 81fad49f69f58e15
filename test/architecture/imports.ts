import { posix } from 'node:path';

/** One import, re-export, `import()` or `require()` of a file. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path relative to the checkout, when the specifier is a relative one. */
  readonly target?: string;
  readonly isTypeOnly: boolean;
  readonly isReexport: boolean;
  /** Names that a value is imported under at its source; empty for `import()` and for effects only. */
  readonly names: readonly string[];
}

const gap = String.raw`(?:\s|/\*[\s\S]*?\*/|//.*\n)*`;
const quoted = `(?<quote>['"\`])(?<specifier>[^'"\`]+)\\k<quote>`;
const patterns = [
  // import x from 'y', import type { x } from 'y', export * from 'y'
  new RegExp(`\\b(?<keyword>import|export)\\b(?<clause>[^'"\`;()=]*?)\\bfrom${gap}${quoted}`, 'g'),
  // import 'y'
  new RegExp(`\\bimport${gap}${quoted}`, 'g'),
  // import('y'), require('y')
  new RegExp(`\\b(?:import|require)${gap}\\(${gap}${quoted}`, 'g'),
];

/**
 * Everything in a source text that imports. It looks at the text rather than at a syntax tree and may take a string or
 * a comment for an import, never an import for something else.
 */
export function importsOf(path: string, text: string): Import[] {
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ groups = {} }) => {
      const { specifier = '', keyword, clause = '' } = groups;
      const isTypeOnly = /^\s*type\b/.test(clause);
      return {
        specifier,
        ...(specifier.startsWith('.') ? { target: posix.join(posix.dirname(path), specifier) } : {}),
        isTypeOnly,
        isReexport: keyword === 'export',
        names: isTypeOnly ? [] : namesIn(clause),
      };
    });
}

function namesIn(clause: string): string[] {
  return clause
    .replace(/[{}]/g, ',')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => part.split(/\s+as\s+/)[0] ?? part);
}
