import * as z from 'zod';
import { type Inferred, schema } from './schema.ts';

/** What the function `space` is invoked with: enough to report and nothing else. */
export const spaceEvent = schema(() =>
  z.object({
    /** Where `POST /v1/report` is, in full. */
    report: z.string().min(1),
    ticket: z.string().min(1),
    /** `<run>-<operation>`: what every process of the command can read. */
    operation: z.string().min(1),
  }),
);

export type SpaceEvent = Inferred<typeof spaceEvent>;
