import vm from 'node:vm';
import { builtIns } from './built-ins.ts';

/** The built-in objects of one context as they were before any program. */
export interface Pristine {
  /**
   * Sets back what was assigned, defined or deleted since. `false` if that is not possible, because something was
   * frozen, given another prototype or changed in an unusual way: then the context is of no further use.
   */
  restore(): boolean;
}

/** What there is to compare; the same in every new context. Objects are named by their place among the built-ins. */
interface Plan {
  readonly frozen: readonly number[];
  readonly holders: readonly { readonly object: number; readonly keys: readonly PropertyKey[] }[];
  readonly values: readonly Member[];
  readonly accessors: readonly Member[];
}

interface Member {
  readonly object: number;
  readonly key: PropertyKey;
}

type Bag = Record<PropertyKey, unknown>;

/** Objects that libraries don't extend and programs don't inherit from in ways that being frozen would disturb. */
const settled = new vm.Script(`[
  DataView, DisposableStack, AsyncDisposableStack, SuppressedError, Array.prototype[Symbol.unscopables],
  ...Object.getOwnPropertyNames(Intl).filter((name) => name !== 'DateTimeFormat').map((name) => Intl[name]),
].flatMap((object) => (object.prototype ? [object, object.prototype] : [object]))`);

let plan: Plan | undefined;

/** Takes the built-in objects of a new context down. What nobody has a reason to change is frozen instead. */
export function rememberPristine(context: vm.Context): Pristine {
  const objects = builtIns(context);
  plan ??= planFor(objects, new Set(settled.runInContext(context)));
  for (const object of plan.frozen) Object.freeze(objects[object]);
  return new Snapshot(plan, objects);
}

function planFor(objects: readonly object[], settledObjects: ReadonlySet<unknown>): Plan {
  const made = {
    frozen: [] as number[],
    holders: [] as Plan['holders'][number][],
    values: [] as Member[],
    accessors: [] as Member[],
  };
  objects.forEach((object, index) => {
    if (settledObjects.has(object) || isMethod(object)) {
      made.frozen.push(index);
      return;
    }
    const keys = Reflect.ownKeys(object);
    made.holders.push({ object: index, keys });
    for (const key of keys) {
      const { configurable, writable, get, set } = Reflect.getOwnPropertyDescriptor(
        object,
        key,
      ) as PropertyDescriptor;
      if (!configurable && !writable) continue;
      (get || set ? made.accessors : made.values).push({ object: index, key });
    }
  });
  return made;
}

/** A built-in function that is no constructor: nobody inherits from it, so that being frozen does not show. */
function isMethod(object: object): boolean {
  return (
    typeof object === 'function' && Reflect.ownKeys(object).every((key) => key === 'length' || key === 'name')
  );
}

class Snapshot implements Pristine {
  readonly #plan: Plan;
  readonly #objects: readonly object[];
  readonly #prototypes: readonly (object | null)[];
  readonly #values: readonly unknown[];
  readonly #accessors: readonly PropertyDescriptor[];

  constructor(plan: Plan, objects: readonly object[]) {
    this.#plan = plan;
    this.#objects = objects;
    this.#prototypes = plan.holders.map(({ object }) => Reflect.getPrototypeOf(objects[object] as object));
    this.#values = plan.values.map(({ object, key }) => (objects[object] as Bag)[key]);
    this.#accessors = plan.accessors.map(
      ({ object, key }) =>
        Reflect.getOwnPropertyDescriptor(objects[object] as object, key) as PropertyDescriptor,
    );
  }

  restore(): boolean {
    return this.#restoreHolders() && this.#restoreValues() && this.#restoreAccessors();
  }

  #restoreHolders(): boolean {
    return this.#plan.holders.every(({ object: index, keys }, at) => {
      const object = this.#objects[index] as object;
      if (Reflect.getPrototypeOf(object) !== this.#prototypes[at] || !Reflect.isExtensible(object))
        return false;
      const present = Reflect.ownKeys(object);
      return present.length === keys.length || removeOthers(object, present, keys);
    });
  }

  #restoreValues(): boolean {
    const { values } = this.#plan;
    for (let at = 0; at < values.length; at += 1) {
      const { object: index, key } = values[at] as Member;
      const object = this.#objects[index] as Bag;
      if (object[key] !== this.#values[at] && !assign(object, key, this.#values[at])) return false;
    }
    return true;
  }

  #restoreAccessors(): boolean {
    return this.#plan.accessors.every(({ object: index, key }, at) => {
      const object = this.#objects[index] as object;
      const original = this.#accessors[at] as PropertyDescriptor;
      const present = Reflect.getOwnPropertyDescriptor(object, key);
      if (present?.get === original.get && present?.set === original.set) return true;
      return present !== undefined && Reflect.defineProperty(object, key, original);
    });
  }
}

function removeOthers(
  object: object,
  present: readonly PropertyKey[],
  keys: readonly PropertyKey[],
): boolean {
  const own = new Set(keys);
  return present.every((key) => own.has(key) || Reflect.deleteProperty(object, key));
}

/** A property that was deleted meanwhile is not made anew: it would stand in another place. */
function assign(object: Bag, key: PropertyKey, value: unknown): boolean {
  return Object.hasOwn(object, key) && Reflect.set(object, key, value) && object[key] === value;
}
