import { file } from 'tandem';

/** One operation on small files, so many times in a row, in a workspace like that of a small project. */
export default async function run({ operation, times }: Input): Promise<void> {
  const text = 'A line of thirty-two characters.\n'.repeat(32);
  const path = (index: number) => `src/lib/module-${index % files}.ts`;
  for (let i = 0; i < files; i++) await file.write(path(i), `0 ${text}`);
  for (let i = 0; i < times; i++) {
    const round = Math.floor(i / files);
    if (operation === 'file.read') await file.read(path(i));
    else if (operation === 'file.write') await file.write(path(i), `${i} ${text}`);
    else await file.edit(path(i), { oldContent: `${round} `, newContent: `${round + 1} ` });
  }
}

interface Input {
  readonly operation: 'file.read' | 'file.write' | 'file.edit';
  readonly times: number;
}

const files = 20;
