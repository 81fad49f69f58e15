import { stripVTControlCharacters } from 'node:util';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { ApiError } from '../../sdk/api-error.ts';

/** Lines of the log that are shown when a server ends without a word of its own. */
const shownLines = 12;

/** How a server says on its last line why it does not start: a sentence, the remedy, the code. */
const lastWord = /^tandem: (?<sentence>.+) \[(?<code>[a-z.-]+)\]$/;

/** Why a server did not start: what it said itself, else the end of what it wrote to its log. */
export function startProblem(written: string, log: string): ApiError {
  const lines = stripVTControlCharacters(written).trim().split('\n');
  const said = lines.map((line) => lastWord.exec(line)?.groups).findLast((groups) => groups !== undefined);
  const known = Object.entries(errorCatalogue).find(([code]) => code === said?.['code']);
  // What nobody expected is explained by what the log says of it.
  if (known === undefined || known[0] === 'internal') {
    return new ApiError({
      code: 'server.unreachable',
      message: `The server did not start${endOf(lines)}`,
      status: errorCatalogue['server.unreachable'].status,
      retryable: false,
      remedy: `Its log is ${log}; \`npx tandem doctor\` checks what it needs.`,
    });
  }
  const [code, { status, retryable, remedy }] = known;
  const message = (said?.['sentence'] ?? '').replace(remedy, '').trim();
  return new ApiError({ code, message, status, retryable, remedy });
}

/** A disk that is full takes no log either. */
function endOf(lines: readonly string[]): string {
  const end = lines.slice(-shownLines).join('\n');
  return end === '' ? ', and has written nothing to its log' : `:\n${end}`;
}
