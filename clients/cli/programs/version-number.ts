/** The number after the highest one there is; `1.0.0` at first. */
export function nextNumber(numbers: readonly string[]): string {
  const parsed = numbers.map(parse).sort(compare);
  const highest = parsed.at(-1);
  if (!highest) return '1.0.0';
  const { core, final } = highest;
  const [major, minor, patch] = core;
  return final ? `${major}.${minor}.${patch + 1}` : core.join('.');
}

const trial = /-dev\.(\d+)$/;

/** Whether a version was published by `dev`, while somebody was still writing it. */
export const isTrial = (number: string): boolean => trial.test(number);

/** The next trial of the version that comes next: `1.0.1-dev.3` after `1.0.1-dev.2`. */
export function nextTrial(numbers: readonly string[]): string {
  const next = nextNumber(numbers);
  const tried = numbers.filter((number) => number.startsWith(`${next}-dev.`)).map(trialOf);
  return `${next}-dev.${Math.max(0, ...tried) + 1}`;
}

const trialOf = (number: string) => Number(trial.exec(number)?.[1] ?? 0);

interface Parsed {
  readonly core: readonly [number, number, number];
  /** Not a pre-release. */
  readonly final: boolean;
}

function parse(number: string): Parsed {
  const [core = '', ...preRelease] = number.split('-');
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number);
  return { core: [major, minor, patch], final: preRelease.length === 0 };
}

function compare(one: Parsed, other: Parsed): number {
  for (const index of [0, 1, 2] as const) {
    if (one.core[index] !== other.core[index]) return one.core[index] - other.core[index];
  }
  return Number(one.final) - Number(other.final);
}
