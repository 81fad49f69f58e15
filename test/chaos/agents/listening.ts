import { file, signal } from 'tandem';

/** Takes as many messages as it is told, and repeats them. */
export default async function run({ messages }: { messages: number }): Promise<string[]> {
  const heard: string[] = [];
  while (heard.length < messages) {
    const { payload } = await signal.wait<string>('message');
    heard.push(payload);
    await file.write('heard.txt', heard.join('\n'));
  }
  return heard;
}
