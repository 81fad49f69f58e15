import type { Stage } from './stage.ts';

/** Partitions of their own, where AWS brings services out later or never. */
const apart = /^(cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/;

/** Regions known to lack functions with tenant isolation, which commands run in. */
const withoutTenantIsolation = (region: string) => region === 'ap-southeast-6' || apart.test(region);

/** What a stage needs and a region is known not to have, in words. */
export function lacksIn(region: string, stage: Stage): string[] {
  if (stage.lacks.includes('tenant-isolation')) return [];
  return withoutTenantIsolation(region)
    ? ['Lambda functions with tenant isolation, in which commands run']
    : [];
}
