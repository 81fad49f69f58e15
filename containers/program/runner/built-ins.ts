import vm from 'node:vm';

/** Built-in objects that no chain of properties leads to, found by making one of each kind. */
const hidden = new vm.Script(`[
  [][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ''[Symbol.iterator](),
  ''.matchAll(/./g), Iterator.from({ next() {} }), [].values().map(() => 0), new Intl.Segmenter().segment(''),
  new Intl.Segmenter().segment('')[Symbol.iterator](), function* () {}, async function* () {}, async () => {},
].map(Object.getPrototypeOf)`);

/** How an object is reached from one that was found before it. */
interface Step {
  readonly parent: number;
  readonly part: 'prototype' | 'value' | 'get' | 'set';
  readonly key: PropertyKey;
}

/** Where everything is; the same in every new context, so that searching once is enough. */
let map: readonly Step[] | undefined;

/** Every built-in object of a new context, always in the same order, its global object first. */
export function builtIns(context: vm.Context): readonly object[] {
  const objects: object[] = [context, ...hidden.runInContext(context)];
  map ??= search([...objects]);
  for (const step of map) objects.push(follow(objects[step.parent] as object, step));
  return objects;
}

function follow(parent: object, { part, key }: Step): object {
  if (part === 'prototype') return Reflect.getPrototypeOf(parent) as object;
  if (part === 'value') return (parent as Record<PropertyKey, object>)[key] as object;
  return Reflect.getOwnPropertyDescriptor(parent, key)?.[part] as object;
}

/** Goes through all properties of all objects; adds to `objects` what it finds. */
function search(objects: object[]): readonly Step[] {
  const known = new Set(objects);
  const steps: Step[] = [];
  for (let parent = 0; parent < objects.length; parent += 1) {
    for (const [step, found] of membersOf(objects[parent] as object, parent)) {
      if (found === null || (typeof found !== 'object' && typeof found !== 'function') || known.has(found))
        continue;
      known.add(found);
      objects.push(found);
      steps.push(step);
    }
  }
  return steps;
}

function membersOf(object: object, parent: number): readonly (readonly [Step, unknown])[] {
  const members: [Step, unknown][] = [
    [{ parent, part: 'prototype', key: '' }, Reflect.getPrototypeOf(object)],
  ];
  for (const key of Reflect.ownKeys(object)) {
    const property = Reflect.getOwnPropertyDescriptor(object, key) as PropertyDescriptor;
    for (const part of ['value', 'get', 'set'] as const)
      members.push([{ parent, part, key }, property[part]]);
  }
  return members;
}
