import type { Route } from '../../functions/http/route.ts';
import { type RouteName, routes } from '../../functions/http/routes.ts';
import type { Known } from './fixture.ts';
import { type Lenience, leniences } from './leniences.ts';
import { pathNames, queryNames } from './parameters.ts';

/** What the fuzz is told about the server. */
export interface Surroundings {
  readonly known: Known;
  /** A good value of `Authorization` for each route that asks for one. */
  readonly credentials: ReadonlyMap<RouteName, string>;
  readonly seed: number;
}

/** Statuses that are no contradiction to a good request, besides those of a lenience. */
const anyway = ['2xx', '3xx', '401', '403', '404', '409', '429'];

/** Seconds for `wait=` in most requests: the answer to a longer one is the same, only later. */
const shortWaits = [0, 0.05, 0.2];

/** The configuration file of schemathesis: every route of the table with its token and its leniences. */
export function configuration({ known, credentials, seed }: Surroundings): string {
  const operations = (Object.entries(routes) as [RouteName, Route][]).flatMap(([name, route]) =>
    operation(name, route, credentials.get(name)),
  );
  return [
    `seed = ${seed}`,
    'continue-on-failure = true',
    'request-timeout = 30.0',
    'generation.database = "none"',
    // A server behind this one refuses them before they come to a route; test/security sends them by hand.
    'generation.allow-x00 = true',
    ...dictionaries({ ...known, wait: shortWaits }),
    ...lenient(leniences.filter(({ holds }) => holds === undefined)).map(
      ([key, value]) => `${key} = ${value}`,
    ),
    ...parameters(known),
    ...operations,
  ].join('\n');
}

function dictionaries(known: Readonly<Record<string, readonly (string | number)[]>>): string[] {
  return Object.entries(known).map(([name, values]) => `dictionaries.${name}.values = ${toml(values)}`);
}

/** Half of the values are of the fixture, half are made up. */
function parameters(known: Known): string[] {
  const all = Object.values<Route>(routes);
  const names = new Set(all.flatMap((route) => [...pathNames(route), ...queryNames(route)]));
  const places = [...names].flatMap((name) => {
    if (name === 'wait') return [binding('query.wait', 'wait', 0.9)];
    if (known[name] === undefined) return [];
    return [binding(`path.${name}`, name, 0.7), binding(`query.${name}`, name, 0.5)];
  });
  return ['[parameters]', ...places, binding('body.agent', 'agent', 0.5)];
}

const binding = (place: string, dictionary: string, probability: number) =>
  `${toml(place)} = { dictionary = ${toml(dictionary)}, probability = ${probability} }`;

function operation(name: RouteName, route: Route, credential: string | undefined): string[] {
  const own = lenient(leniences.filter(({ holds }) => holds?.(route, name)));
  const settings = [
    ...(credential === undefined ? [] : [`headers = { Authorization = ${toml(credential)} }`]),
    ...own.map(([key, value]) => `${key} = ${value}`),
  ];
  return settings.length === 0 ? [] : ['[[operations]]', `include-operation-id = ${toml(name)}`, ...settings];
}

const lenient = (some: readonly Lenience[]): [string, string][] =>
  some.map(({ check, alsoGood }) =>
    alsoGood === undefined
      ? [`checks.${check}.enabled`, 'false']
      : [`checks.${check}.expected-statuses`, toml([...anyway, ...alsoGood.map(String)])],
  );

/** A text, or a list of texts or numbers, as TOML: the JSON of it is. */
const toml = (value: string | readonly (string | number)[]): string => JSON.stringify(value);
