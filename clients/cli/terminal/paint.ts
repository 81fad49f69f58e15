import { styleText } from 'node:util';

/** What a piece of text means; how it looks is decided here. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'bad' | 'attention' | 'name';

/** Gives text the look of a tone, where that can be seen. */
export type Paint = (tone: Tone, text: string) => string;

const formats = {
  strong: 'bold',
  quiet: 'gray',
  good: 'green',
  bad: 'red',
  attention: 'yellow',
  name: 'cyan',
} as const;

/** Colours for a stream: none unless it is a terminal; `NO_COLOR` and `FORCE_COLOR` are respected. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (tone, text) =>
    tone === 'plain' || text === '' ? text : styleText(formats[tone], text, { stream });
}
