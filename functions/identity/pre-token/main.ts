import { claimsOf, type PreTokenEvent } from './claims.ts';

/** Called by the user pool before it issues a token: puts tenant and roles into it. */
export async function handler<E extends PreTokenEvent>(event: E): Promise<E> {
  const accessTokenGeneration = { claimsToAddOrOverride: claimsOf(event) };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
}
