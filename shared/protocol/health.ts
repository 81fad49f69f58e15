import * as z from 'zod';
import { type Inferred, schema } from './schema.ts';

/** Answer of `GET /health` (alive) and `GET /health/ready` (takes requests); 503 with a problem when not ready. */
export const health = schema(() => z.object({ status: z.literal('ok') }).meta({ id: 'Health' }));

export type Health = Inferred<typeof health>;
