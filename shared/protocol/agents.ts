import { z } from 'zod';
import { wireLimits } from './limits.ts';
import { agentName, digest, timestamp, versionNumber } from './primitives.ts';

const utf8Bytes = (text: string) => new TextEncoder().encode(text).byteLength;

/** Body of `POST /v1/agents/{agent}/versions`. */
export const publishVersion = z.strictObject({
  number: versionNumber,
  /** The one-file program: an ES module as text, at most 4 MiB in UTF-8. */
  bundle: z
    .string()
    .min(1)
    .refine(
      (text) => text.length * 3 <= wireLimits.bundleBytes || utf8Bytes(text) <= wireLimits.bundleBytes,
      'at most 4 MiB of text',
    ),
  description: z.string().max(2_000).exactOptional(),
  /** Operations a step may do before it yields: 1 makes every operation a state of its own. */
  operationsPerStep: z.int().min(1).max(100).exactOptional(),
});

export type PublishVersion = z.infer<typeof publishVersion>;

/** An immutable version of an agent. */
export const agentVersion = z.object({
  tenant: z.string(),
  agent: agentName,
  number: versionNumber,
  /** Identity of the version: digest of manifest and bundle. */
  digest,
  brain: z.literal('program'),
  description: z.string().exactOptional(),
  bundle: digest,
  /** Bytes. */
  bundleSize: z.int(),
  operationsPerStep: z.int().exactOptional(),
  publishedAt: timestamp,
  publishedBy: z.string(),
});

export type AgentVersion = z.infer<typeof agentVersion>;

/** An agent: its version published last, and all of them, newest first. */
export const agent = z.object({
  agent: agentName,
  latest: agentVersion,
  versions: z.array(agentVersion),
});

export type Agent = z.infer<typeof agent>;

/** All agents of the tenant, each by the version published last. */
export const agentList = z.object({ items: z.array(agentVersion) });

export type AgentList = z.infer<typeof agentList>;
