import * as z from 'zod';

/** What the function `space` is invoked with: enough to report and nothing else. */
export const spaceEvent = z.object({
  /** Where `POST /v1/report` is, in full. */
  report: z.string().min(1),
  ticket: z.string().min(1),
  /** `<run>-<operation>`: what every process of the command can read. */
  operation: z.string().min(1),
});

export type SpaceEvent = z.infer<typeof spaceEvent>;
