/** How an integration spells names of members and tells dates: as the SDK for Java it is made with. */
export type Style = 'optimized' | 'sdk';

export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Capitals at the beginning of a name, without the one that begins the next word: `SSEKMS` of `SSEKMSKeyId`. */
const leadingCapitals = /^[A-Z]+?(?![A-Z](?![a-z]))/;

/** A member as `Parameters` and results have it: `StateMachineArn`; of `aws-sdk` also `DbInstanceIdentifier`, `Acl`. */
export function memberName(name: string, style: Style): string {
  if (style === 'optimized') return capitalised(name);
  if (name === 'NULL') return 'Nul';
  return capitalised(name.replace(leadingCapitals, (capitals) => capitals.toLowerCase()));
}

/** Words of a service's id: `Secrets Manager`, `DynamoDB` (two as well), `SFN`. */
const words = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g;

/** What errors of `aws-sdk` begin with: `DynamoDb`, `SecretsManager`, `Sfn`. */
export function errorPrefix(serviceId: string): string {
  const parts = serviceId.match(words) ?? [serviceId];
  return parts.map((word) => capitalised(word.toLowerCase())).join('');
}

/** An error as exceptions are named: `NoSuchKey` is `NoSuchKeyException`. */
export function exceptionName(shape: string): string {
  if (shape.endsWith('Exception')) return shape;
  return `${shape.replace(/Fault$/, '')}Exception`;
}
