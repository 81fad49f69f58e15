import * as z from 'zod';
import { jsonText } from './json-text.ts';

/** JSON: the key of each tenant that has one of its own, and under `*` that of all others. */
export const usageKeys = () => jsonText().pipe(z.record(z.string(), z.string().min(20).max(128)));
