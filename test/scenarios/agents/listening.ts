import { file, signal } from 'tandem';

interface Input {
  /** Names of the signals it waits for, one after the other. */
  readonly names: readonly string[];
  readonly timeoutMs?: number;
}

/** Waits for signals, notes each in its workspace, and gives back what they carried; `null` for one that did not come. */
export default async function run({ names, timeoutMs }: Input) {
  const heard: unknown[] = [];
  for (const name of names) {
    const { payload, timedOut } = await signal.wait(name, timeoutMs === undefined ? {} : { timeoutMs });
    await file.write(`${name}.json`, JSON.stringify(payload));
    heard.push(timedOut ? null : payload);
  }
  return heard;
}
