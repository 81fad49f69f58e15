import * as z from 'zod';
import type { Route } from '../../functions/http/route.ts';

/** Names of a route's parameters in its query. */
export const queryNames = ({ query }: Route): readonly string[] => namesOf(query?.());

/** Names of a route's parameters in its path. */
export const pathNames = ({ params }: Route): readonly string[] => namesOf(params?.());

function namesOf(schema: z.ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
