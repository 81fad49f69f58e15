import * as z from 'zod';
import { schema } from './schema.ts';

/** A JSON value (RFC 8259). */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Any JSON value, `null` included; only its absence is refused. What arrives here has passed the JSON parser. */
export const json = schema(() => z.custom<Json>((value) => value !== undefined, 'a JSON value'));
