import * as z from 'zod';
import { wireLimits } from './limits.ts';
import { agentName, aliasName, digest, timestamp, versionNumber, versionReference } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

const utf8Bytes = (text: string) => new TextEncoder().encode(text).byteLength;

export const roleRequired = schema(() => z.enum(['user', 'operator', 'admin']));

/** Body of `POST /v1/agents/{agent}/versions`. */
export const publishVersion = schema(() =>
  z
    .strictObject({
      number: versionNumber(),
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
      /** Least role of who starts it, by themselves or through an agent that calls it; default `user`. */
      roleRequired: roleRequired().exactOptional(),
    })
    .meta({ id: 'PublishVersion', description: 'A version of an agent to publish' }),
);

export type PublishVersion = Inferred<typeof publishVersion>;

/** An immutable version of an agent. */
export const agentVersion = schema(() =>
  z
    .object({
      tenant: z.string(),
      agent: agentName(),
      number: versionNumber(),
      /** Identity of the version: digest of manifest and bundle. */
      digest: digest(),
      brain: z.literal('program'),
      description: z.string().exactOptional(),
      bundle: digest(),
      /** Bytes. */
      bundleSize: z.int(),
      operationsPerStep: z.int().exactOptional(),
      roleRequired: roleRequired().exactOptional(),
      publishedAt: timestamp(),
      publishedBy: z.string(),
    })
    .meta({ id: 'AgentVersion', description: 'An immutable version of an agent' }),
);

export type AgentVersion = Inferred<typeof agentVersion>;

/** Body of `PUT /v1/agents/{agent}/aliases/{alias}`; versions by number or digest. */
export const setAlias = schema(() =>
  z
    .strictObject({
      version: versionReference(),
      /** Another version for a part of the runs: so many of a hundred, 1 to 99. */
      share: z.strictObject({ version: versionReference(), percent: z.int().min(1).max(99) }).exactOptional(),
    })
    .meta({ id: 'SetAlias', description: 'What an alias is to lead to' }),
);

export type SetAlias = Inferred<typeof setAlias>;

/** A name for the version that runs are to use, and for a part of them another one. */
export const alias = schema(() =>
  z
    .object({
      tenant: z.string(),
      agent: agentName(),
      alias: aliasName(),
      /** Digest of the version. */
      version: digest(),
      number: versionNumber(),
      share: z.object({ version: digest(), number: versionNumber(), percent: z.int() }).exactOptional(),
      setAt: timestamp(),
      setBy: z.string(),
    })
    .meta({ id: 'Alias', description: 'A name that leads to a version, or to two' }),
);

export type Alias = Inferred<typeof alias>;

export const aliasList = schema(() => z.object({ items: z.array(alias()) }).meta({ id: 'AliasList' }));

export type AliasList = Inferred<typeof aliasList>;

/** An agent: the version that is meant when none is named, and all of them, newest first. */
export const agent = schema(() =>
  z
    .object({
      agent: agentName(),
      latest: agentVersion(),
      versions: z.array(agentVersion()),
      /** By name. */
      aliases: z.array(alias()),
    })
    .meta({ id: 'Agent', description: 'An agent with its versions and aliases' }),
);

export type Agent = Inferred<typeof agent>;

/** All agents of the tenant, each by the version that is meant when none is named. */
export const agentList = schema(() => z.object({ items: z.array(agentVersion()) }).meta({ id: 'AgentList' }));

export type AgentList = Inferred<typeof agentList>;
