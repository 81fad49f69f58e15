import type { ChildInput, InputBlock } from './map-runs.ts';

/** Inputs as lines, each behind the number of its items: JSON texts have no line breaks of their own. */
export function writeInputs({ inputs }: InputBlock): string {
  return inputs.map(({ text, items }) => `${items} ${text}`).join('\n');
}

export function readInputBlock(first: number, content: string): InputBlock {
  const inputs = content.split('\n').map((line): ChildInput => {
    const space = line.indexOf(' ');
    return { items: Number(line.slice(0, space)), text: line.slice(space + 1) };
  });
  return { first, inputs };
}
