const hidden = '[scrubbed]';

/** Members whose text value is a secret whatever it looks like, in any spelling of the name. */
const secretMember =
  /"((?:[\w-]*[-_])?(?:authorization|cookie|password|passwd|secret|token|ticket|api[-_]?key|access[-_]?key|private[-_]?key|signature)|[\w-]*(?:Token|Ticket|Secret|Password|ApiKey|Signature))":"(?:[^"\\]|\\.)*"/gi;

/** What is a secret wherever it stands, within a text or an address. */
const secretText = new RegExp(
  [
    // Credentials of an Authorization header.
    '\\b(?:Bearer|Basic|Ticket)\\s+[\\w.~+/=-]{8,}',
    // JWTs, also cut short.
    '\\beyJ[\\w-]{8,}\\.[\\w-]*(?:\\.[\\w-]*)?',
    // Keys of well-known makers: sk-…, ghp_…, AKIA…, xoxb-….
    '\\b(?:sk|pk|rk)[-_][\\w-]{12,}',
    '\\bgh[pousr]_\\w{20,}',
    '\\b(?:AKIA|ASIA)[A-Z0-9]{12,}',
    '\\bxox[abprs]-[\\w-]{10,}',
    // API keys of ours, also cut short, and what somebody takes for one.
    '\\btk_\\w{8,}',
    // Query parameters of signed addresses.
    '(?<=[?&](?:signature|sig|token|ticket|key|X-Amz-(?:Signature|Credential|Security-Token))=)[^&\\s"\\\\]+',
  ].join('|'),
  'gi',
);

/** Takes secrets out of a line of JSON; the line stays JSON. */
export function scrub(line: string): string {
  return line.replace(secretMember, `"$1":"${hidden}"`).replace(secretText, hidden);
}
