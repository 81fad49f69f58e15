import { file, log } from 'tandem';

/** Operations at the same time: what comes first depends on the order of the answers alone. */
export default async function run() {
  const order: string[] = [];
  const read = async (path: string) => {
    const content = await file.read(path);
    order.push(path);
    await log(`has ${path}`);
    return content;
  };
  const first = await Promise.race([read('a'), read('b'), read('c')]);
  const all = await Promise.all([read('d'), read('e')]);
  return { order, first, all };
}
