import type { Paint } from '../terminal/paint.ts';

/** No colours at all. */
export const unpainted: Paint = (_, text) => text;
