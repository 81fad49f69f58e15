/**
 * What whoever sends bytes to a signed address says of them, as S3 wants it said: it then takes no others. S3 does not look
 * at a checksum in the address, and refuses one in a header that was not signed, so that it always comes. `sha256`: hex.
 */
export function checksumHeader(sha256: string): Readonly<Record<'x-amz-checksum-sha256', string>> {
  return { 'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64') };
}
