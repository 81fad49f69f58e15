/** Timers and console are operations, too. */
export default async function run() {
  const order: string[] = [];
  const timer = setTimeout(() => order.push('cleared'), 5);
  clearTimeout(timer);
  const ticks = await new Promise<number>((resolve) => {
    let count = 0;
    const interval = setInterval(() => {
      count += 1;
      order.push(`tick ${count}`);
      if (count === 2) {
        clearInterval(interval);
        resolve(count);
      }
    }, 10);
  });
  console.warn('ticked', ticks, { order });
  await new Promise((resolve) => setTimeout(resolve, 20));
  return order;
}
