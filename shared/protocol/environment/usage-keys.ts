import * as z from 'zod';

/** JSON: the key of each tenant that has one of its own, and under `*` that of all others. */
export const usageKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string().min(20).max(128)));
