import { readFileSync } from 'node:fs';

interface Line {
  readonly level: string;
  readonly message: string;
}

/** What the servers wrote to standard error: every error with its particulars, and how often each warning came. */
export function serverLog(path: string): { errors: string[]; warnings: Record<string, number> } {
  const errors: string[] = [];
  const warnings: Record<string, number> = {};
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    if (text === '') continue;
    const line = parse(text);
    if (!line || line.level === 'error') errors.push(`The server's log says: ${text}`);
    if (line?.level === 'warn') warnings[line.message] = (warnings[line.message] ?? 0) + 1;
  }
  return { errors, warnings };
}

/** `undefined`: not a line of the log, so something that Node said itself. */
function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
