/** A call of a port. */
export interface PortCall {
  readonly port: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether it answers at once, without a promise. */
  readonly sync: boolean;
}

export const nameOf = ({ port, method }: PortCall): string => `${port}.${method}`;

/** Stands between a caller and a port; `proceed` makes the call. */
export type Interceptor = (call: PortCall, proceed: () => unknown) => unknown;

type Method = (...args: unknown[]) => unknown;

/** Calls that answer without a promise; everything else in our ports is asynchronous. */
const synchronous: ReadonlySet<string> = new Set([
  'clock.now',
  'clock.at',
  'ids.next',
  'ids.ulid',
  'ids.hex',
  'ids.random',
  'signer.verify',
  'watch.appended',
  'programs.release',
  'log.allRuns',
]);

/** A port whose every call goes through `intercept`, that of one tenant's part (`forTenant`) too. */
export function intercepted<T extends object>(port: string, target: T, intercept: Interceptor): T {
  const methods = new Map<PropertyKey, Method>();
  return new Proxy(target, {
    get(_, key) {
      const member = Reflect.get(target, key, target) as unknown;
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      const known = methods.get(key);
      if (known) return known;
      const method = methodOf(port, { target, key, member: member as Method }, intercept);
      methods.set(key, method);
      return method;
    },
  });
}

interface Member {
  readonly target: object;
  readonly key: string;
  readonly member: Method;
}

function methodOf(port: string, { target, key, member }: Member, intercept: Interceptor): Method {
  if (key === 'forTenant') {
    return (...args) => intercepted(port, Reflect.apply(member, target, args) as object, intercept);
  }
  const sync = synchronous.has(`${port}.${key}`);
  return (...args) => intercept({ port, method: key, args, sync }, () => Reflect.apply(member, target, args));
}

/** All ports of a set, each behind the interceptor under its own name. */
export function interceptedAll<P extends object>(ports: P, intercept: Interceptor): P {
  const entries = Object.entries(ports).map(([name, port]) => [
    name,
    intercepted(name, port as object, intercept),
  ]);
  return Object.fromEntries(entries) as P;
}
