import { type Requirement, requirementCount, type Standing } from './requirements.ts';

/** Reads a file of the checkout; `undefined` if there is none. */
export type ReadFile = (path: string) => string | undefined;

/** What is wrong with a list of requirements, one sentence each. */
export function faults(list: readonly Requirement[], read: ReadFile): string[] {
  return [
    ...numbering(list),
    ...list.flatMap(([number, wording, standing]) => {
      const unworded = wording.trim() === '' ? [`${number} has no wording`] : [];
      return [...unworded, ...standingFaults(standing, read).map((fault) => `${number}: ${fault}`)];
    }),
  ];
}

function numbering(list: readonly Requirement[]): string[] {
  const times = new Map<number, number>();
  for (const [number] of list) times.set(number, (times.get(number) ?? 0) + 1);
  const expected = Array.from({ length: requirementCount }, (_, index) => index + 1);
  return [
    ...expected.filter((number) => !times.has(number)).map((number) => `${number} is not listed`),
    ...[...times].filter(([, count]) => count > 1).map(([number]) => `${number} is listed twice`),
    ...[...times.keys()]
      .filter((number) => !expected.includes(number))
      .map((number) => `${number} is no requirement`),
  ];
}

function standingFaults(standing: Standing, read: ReadFile): string[] {
  if ('later' in standing) return [];
  if ('adr' in standing) return read(standing.adr) === undefined ? [`${standing.adr} does not exist`] : [];
  if (standing.proven.length === 0) return ['names no proof'];
  return standing.proven.flatMap((proof) => proofFaults(proof, read));
}

/** Files of tests: those that the runner starts, and suites that they run against several adapters. */
const testFile = /\.(?:test|contract|scenarios)\.ts$/;

function proofFaults(proof: string, read: ReadFile): string[] {
  const [path = '', name = ''] = proof.split('#');
  const text = testFile.test(path) ? read(path) : undefined;
  if (text === undefined) return [`${path} is no test file`];
  if (name === '') return [`${path} is named without a test`];
  const names = text.replace(/\$\{[^}]*\}/g, '…');
  return name
    .split(' › ')
    .filter((part) => !["'", '"', '`'].some((quote) => names.includes(`${quote}${part}${quote}`)))
    .map((part) => `${path} has no test or suite "${part}"`);
}
