const absent = [
  'fetch',
  'process',
  'require',
  'Buffer',
  'global',
  'WebAssembly',
  'SharedArrayBuffer',
  'WeakRef',
];

/** Looks for ways out. */
export default async function run() {
  const present = absent.filter((name) => name in globalThis);
  const specifier = ['node', 'fs'].join(':');
  const imported = await import(specifier).then(
    () => 'imported',
    () => 'refused',
  );
  const evaluated = attempt(() => new Function('return 1')());
  return { present, imported, evaluated, zone: new Date(0).getTimezoneOffset() };
}

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch {
    return 'refused';
  }
}
