import { artifact, file } from 'tandem';

/** Every operation on files, and three artefacts. */
export default async function run() {
  await file.write('notes/todo.md', '# To do\n- write\n- read\n');
  await file.edit('notes/todo.md', { oldContent: '- read', newContent: '- edit' });
  await file.write('bytes.bin', 'AP/+AA==', { encoding: 'base64' });
  await file.write('gone.txt', 'soon');
  await file.delete('gone.txt');
  await artifact.add('notes/todo.md');
  await artifact.add('bytes.bin', { name: 'raw/bytes', mediaType: 'application/x-bytes' });
  await artifact.add('given/table.csv', { name: 'A täble (1).csv' });
  return {
    text: await file.read('notes/todo.md'),
    bytes: await file.read('bytes.bin', { encoding: 'base64' }),
    files: (await file.list()).map(({ path, size }) => `${path} ${size}`),
    notes: (await file.list('notes')).map(({ path }) => path),
  };
}
