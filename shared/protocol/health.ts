import * as z from 'zod';

/** Answer of `GET /health` (alive) and `GET /health/ready` (takes requests); 503 with a problem when not ready. */
export const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export type Health = z.infer<typeof health>;
