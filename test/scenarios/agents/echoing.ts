/** Gives back what it is given, as often as it is told. */
export default function run({ text, times }: { text: string; times: number }): string {
  return text.repeat(times);
}
