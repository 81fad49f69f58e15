import type { Route } from '../../functions/http/route.ts';
import type { RouteName } from '../../functions/http/routes.ts';
import { queryNames } from './parameters.ts';

/** A check of schemathesis that holds less, or not at all, for some routes. */
export interface Lenience {
  readonly check: string;
  /** Where; default: everywhere. */
  readonly holds?: (route: Route, name: RouteName) => boolean;
  /** Statuses that are as good as those that the check expects; without them the check is off. */
  readonly alsoGood?: readonly number[];
}

/** Every one with its reason. */
export const leniences: readonly Lenience[] = [
  // 422 is for what has the right form and still cannot be done: a program that does not start, for instance.
  { check: 'positive_data_acceptance', alsoGood: [422] },
  // A cursor is opaque: only one that a page of the same list gave is good, and no schema can say which those are.
  {
    check: 'positive_data_acceptance',
    alsoGood: [400, 422],
    holds: (route) => queryNames(route).includes('cursor'),
  },
  // A file is given by content or by upload, and content may have to be base64: more than the schema says.
  {
    check: 'positive_data_acceptance',
    alsoGood: [400, 422],
    holds: (_, name) => name === 'startRun',
  },
  // A payload may hold any JSON but whole numbers that a reader could not keep: above 2^53 they are refused.
  {
    check: 'positive_data_acceptance',
    alsoGood: [400, 422],
    holds: (_, name) => name === 'signalRun',
  },
  // Which kinds of workers there are depends on where Tandem runs; a worker of another kind is refused.
  {
    check: 'positive_data_acceptance',
    alsoGood: [400, 422],
    holds: ({ credential }) => credential === 'ticket',
  },
  // The name of those who stand outside the tenants is no tenant's.
  { check: 'positive_data_acceptance', alsoGood: [400, 422], holds: (_, name) => name === 'createTenant' },
  // A key that has expired already is refused, and no schema can say what time it is.
  { check: 'positive_data_acceptance', alsoGood: [400, 422], holds: (_, name) => name === 'createKey' },
];
