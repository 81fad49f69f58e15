import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import type { Principal } from '../../../shared/ports/identity.ts';
import { credentialOf } from '../../middleware/authenticate.ts';
import { remembered } from '../../remembered.ts';
import type { Wire } from '../../wired.ts';
import { callersOf } from '../callers.ts';

type Authorizer = (
  event: Pick<APIGatewayTokenAuthorizerEvent, 'authorizationToken' | 'methodArn'>,
) => Promise<APIGatewayAuthorizerResult>;

/**
 * Refuses tokens that are not good before any other function is called, by the same verification that every function makes
 * itself. What is allowed is kept by the gateway for all routes of its stage: which role a route needs, and whether a tenant
 * is served, is said by the function behind it, in words. Requests without a token, and with a ticket, do not come here.
 */
export function authorizerFunction(wire: Wire): Authorizer {
  const ready = remembered(async () => {
    const wired = await wire();
    return { ...wired, identity: callersOf(wired) };
  });
  return async ({ authorizationToken, methodArn }) => {
    const { identity, settings, log } = await ready();
    try {
      const caller = await identity.verify(credentialOf(authorizationToken, 'Bearer'));
      const keys = settings.TANDEM_USAGE_KEYS;
      const usageKey = keys && (Object.hasOwn(keys, caller.tenant) ? keys[caller.tenant] : keys['*']);
      return allowed(caller, methodArn, usageKey);
    } catch (error) {
      if (!isTandemError(error) || error.status !== 401) throw error;
      log.info('A token was refused', { code: error.code, reason: error.message });
      // The one word by which the gateway answers 401.
      throw new Error('Unauthorized', { cause: error });
    }
  };
}

function allowed(
  { tenant, subject, roles }: Principal,
  methodArn: string,
  usageKey: string | undefined,
): APIGatewayAuthorizerResult {
  const Resource = `${methodArn.split('/').slice(0, 2).join('/')}/*`;
  return {
    principalId: subject,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource }],
    },
    context: { tenant, roles: roles.join(' ') },
    ...(usageKey === undefined ? {} : { usageIdentifierKey: usageKey }),
  };
}
