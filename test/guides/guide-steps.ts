/** What a guide asks its reader to do, in order. */
export type Step =
  /** Save this text in a file. */
  | {
      readonly kind: 'file';
      readonly line: number;
      readonly path: string;
      readonly text: string;
      /** What the second terminal then prints; absent where the guide does not show it. */
      readonly prints?: string;
    }
  /** Type this in a shell; `background`: in another one, where it goes on running. */
  | {
      readonly kind: 'shell';
      readonly line: number;
      readonly script: string;
      readonly background: boolean;
      /** What it prints; absent where the guide does not show it. */
      readonly prints?: string;
    };

interface Block {
  readonly line: number;
  /** The words after the fence. */
  readonly words: readonly string[];
  readonly text: string;
}

/**
 * The steps of a guide, by its fenced blocks: `sh` is typed, `sh background` is typed in a second terminal; a block of
 * another language that names a file, as in `ts agent.ts`, is saved. `text` after one of them is what is then printed, by
 * the second terminal where a file was saved. Everything else is there to be read.
 */
export function guideSteps(markdown: string): readonly Step[] {
  const steps: Step[] = [];
  for (const { line, words, text } of blocksOf(markdown)) {
    const [language, name] = words;
    const last = steps.at(-1);
    if (language === 'sh') {
      steps.push({ kind: 'shell', line, script: text, background: name === 'background' });
    } else if (language === 'text') {
      if (last === undefined || last.prints !== undefined)
        throw new Error(`Line ${line}: nothing prints this`);
      steps.splice(-1, 1, { ...last, prints: text });
    } else if (name !== undefined) {
      steps.push({ kind: 'file', line, path: name, text });
    }
  }
  return steps;
}

function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start++) {
    const [, info] = /^```(\S.*)$/.exec(lines[start] ?? '') ?? [];
    if (info === undefined) continue;
    const length = lines.slice(start + 1).indexOf('```');
    if (length === -1) throw new Error(`Line ${start + 1}: the block has no end`);
    const text = lines.slice(start + 1, start + 1 + length).join('\n');
    blocks.push({ line: start + 1, words: info.trim().split(/\s+/), text: `${text}\n` });
    start += length + 1;
  }
  return blocks;
}
