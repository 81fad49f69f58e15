import { remembered } from './remembered.ts';

/**
 * A port whose adapter is loaded when it is first asked: clients of services are most of what a function would load, and few
 * calls need more than one. All its members have to be asynchronous calls, but for those that are `known` before.
 */
export function later<T extends object>(load: () => Promise<T>, known: Partial<T> = {}): T {
  const loaded = remembered(load);
  return new Proxy(known, {
    get(_, member) {
      if (member in known) return Reflect.get(known, member);
      // What is awaited, printed or taken apart is not asked.
      if (typeof member === 'symbol' || member === 'then') return undefined;
      return async (...given: readonly unknown[]) => {
        const port = (await loaded()) as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;
        return port[member]?.(...given);
      };
    },
  }) as T;
}
