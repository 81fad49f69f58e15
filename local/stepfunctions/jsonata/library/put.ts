/** Sets a field of an object that an expression makes, whatever it is called. */
export function put(target: Record<string, unknown>, name: string, value: unknown): void {
  if (Array.isArray(target)) putElement(target, name, value);
  else if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** An update may replace elements; the length of an array is not its to set. */
function putElement(target: unknown[], name: string, value: unknown): void {
  const index = Number(name);
  if (Number.isInteger(index) && index >= 0 && index < target.length) target[index] = value;
}
