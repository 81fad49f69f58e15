import * as z from 'zod';

/** A text that is JSON, as what it stands for. */
export const jsonText = () =>
  z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON' });
      return z.NEVER;
    }
  });
