import type { Family, Sample } from './family.ts';

/** What is the case now, asked when somebody reads it. Values by the value of the label, or one value without. */
export function gauge(
  name: string,
  help: string,
  read: () => Promise<readonly Sample[]> | readonly Sample[],
): Family {
  return { type: 'gauge', name, help, samples: read };
}

/** The only sample of a gauge. */
export const single = (value: number): readonly Sample[] => [{ labels: {}, value }];
