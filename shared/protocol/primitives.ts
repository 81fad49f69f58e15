import * as z from 'zod';
import { wireLimits } from './limits.ts';
import { schema } from './schema.ts';

/** Name of a tenant: lower-case letters, digits and hyphens, at most 63; it stands in keys and paths. */
export const tenantName = schema(() =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a name of lower-case letters, digits and hyphens, at most 63'),
);

/** Name of a stage: it stands in the names of whatever a deployment is made of, buckets among them. */
export const stageName = schema(() =>
  z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,15}$/,
      '2 to 16 lower-case letters, digits and hyphens, beginning with a letter',
    ),
);

/** Id of a run: `run_` and what sorts by time. */
export const runId = schema(() =>
  z.string().regex(/^run_[0-9a-z][0-9a-z_-]{0,71}$/, 'the id of a run (run_…)'),
);

/** Id of an approval. */
export const approvalId = schema(() =>
  z.string().regex(/^apr_[0-9a-z][0-9a-z_-]{0,91}$/, 'the id of an approval (apr_…)'),
);

/** Name of an agent: starts with a letter; lower-case letters, digits and hyphens, at most 64. */
export const agentName = schema(() =>
  z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'a name of lower-case letters, digits and hyphens, at most 64'),
);

/** Version number as the author gives it: semver, without build metadata. */
export const versionNumber = schema(() =>
  z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,40})?$/, 'a version number such as 1.2.3'),
);

/** Lower-case hexadecimal SHA-256. */
export const digest = schema(() => z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal'));

/** Name of an alias: as that of an agent, and a character shorter than a digest, which it thus can't be taken for. */
export const aliasName = schema(() =>
  z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name of lower-case letters, digits and hyphens, at most 63'),
);

/** A version by number or digest. */
export const versionReference = schema(() =>
  z
    .string()
    .regex(
      /^(?:\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,40})?|[0-9a-f]{64})$/,
      'a version number such as 1.2.3, or a digest',
    ),
);

/** A version by number, digest or alias. */
export const versionSelector = schema(() =>
  z
    .string()
    .regex(
      /^(?:\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,40})?|[0-9a-f]{64}|[a-z][a-z0-9-]{0,62})$/,
      'a version number such as 1.2.3, a digest, or an alias',
    ),
);

/** A session: chosen by the client, at most 128 characters. */
export const sessionId = schema(() =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'letters, digits and . _ : -, at most 128'),
);

/** Days that a run is kept after its end. */
export const retentionDays = schema(() => z.int().min(1).max(36_500));

/** ISO 8601 UTC with milliseconds. */
export const timestamp = schema(() => z.iso.datetime());

/** A moment in a query, in any zone; given on in UTC with milliseconds. */
const instant = schema(() =>
  z.iso
    .datetime({ offset: true, error: 'a moment such as 2026-11-28T09:30:00Z' })
    .transform((text) => new Date(text).toISOString())
    .meta({ wire: { type: 'string', format: 'date-time' } }),
);

/** `from=` and `to=` of a list: from the first moment on, up to before the second. */
export const timeRange = schema(() => ({ from: instant().exactOptional(), to: instant().exactOptional() }));

/** Why somebody did something, in their words. */
export const reason = schema(() => z.string().max(wireLimits.reasonCharacters));

/** A path in a workspace: relative, at most 255 characters, no `.` or `..` segment, no NUL, no backslash. */
export const workspacePath = schema(() =>
  z
    .string()
    .min(1)
    .max(wireLimits.pathCharacters)
    .regex(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
      /^(?!\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))(?!.*\/\/)[^\u0000-\u001f\\\u007f]*[^\u0000-\u001f\\\u007f/]$/,
      'a relative path without . or .. segments',
    ),
);

/** Whole number as a query parameter, inclusive bounds. What clients may send stands in `wire`, as JSON Schema. */
export const queryInteger = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^[0-9]{1,16}$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum))
    .meta({ wire: { type: 'integer', minimum, maximum } });

/** `wait=`: seconds that the answer may be held back for news, with up to three decimals. */
export const waitSeconds = schema(() =>
  z
    .string()
    .regex(/^\d{1,4}(\.\d{1,3})?$/, 'a number of seconds')
    .transform(Number)
    .pipe(z.number().max(wireLimits.waitSeconds))
    .meta({ wire: { type: 'number', minimum: 0, maximum: wireLimits.waitSeconds, multipleOf: 0.001 } }),
);

/** `cursor=`: opaque, from the page before. */
export const cursor = schema(() => z.string().min(1).max(1_024));

/** Query parameters of every page of events. */
export const afterQuery = schema(() =>
  z.strictObject({
    /** Sequence number of the last event that is known; default 0: from the start. */
    after: queryInteger(0, Number.MAX_SAFE_INTEGER).exactOptional(),
    /** Events; default and maximum 1,000, and a page also ends at 4 MiB. */
    limit: queryInteger(1, wireLimits.pageEvents).exactOptional(),
  }),
);

/** Query parameters of every list. */
export const pageQuery = schema(() =>
  z.strictObject({
    limit: queryInteger(1, wireLimits.pageItems).exactOptional(),
    cursor: cursor().exactOptional(),
  }),
);
