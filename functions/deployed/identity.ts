import type { FunctionSpec } from './function-spec.ts';
import { sourceIn, sourceOf } from './source.ts';

/** The functions that say who calls, before any other is asked. */
export const identityFunctions: readonly FunctionSpec[] = [
  {
    name: 'authorizer',
    purpose: 'Refuses requests early whose token is not good',
    source: sourceOf({
      rights: ['store:read'],
      maker: ['./functions/identity/authorizer/function.ts', 'authorizerFunction'],
    }),
    timeoutSeconds: 10,
    memoryMb: 512,
    rights: ['store:read'],
  },
  {
    name: 'pre-token',
    purpose: 'Puts tenant and roles into the access tokens of the user pool',
    source: sourceIn('./functions/identity/pre-token/main.ts'),
    timeoutSeconds: 5,
    memoryMb: 128,
    rights: [],
  },
];
