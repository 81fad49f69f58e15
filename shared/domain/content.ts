import type { Json } from './json.ts';

/** Lower-case hexadecimal SHA-256 (64 characters): the name of a blob, a tree, a package or an event's chain hash. */
export type Digest = string;

/** A blob by its content: `size` in bytes. */
export interface BlobRef {
  readonly blob: Digest;
  readonly size: number;
}

/** A value in an event: inline, or, above {@link inlineLimit}, as a blob that holds its JSON text (UTF-8). */
export type Content = { readonly inline: Json } | BlobRef;
