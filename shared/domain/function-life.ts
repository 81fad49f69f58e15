/** How a worker in a function says when it began and until when it can be at work: nobody else can tell. */
const pattern = /^(\S+) until (\S+)$/;

/** `from`, `until`: milliseconds since the epoch. */
export function lifeText(from: number, until: number): string {
  return `${new Date(from).toISOString()} until ${new Date(until).toISOString()}`;
}

/** The time after which the worker is dead for certain, in milliseconds since the epoch; `undefined` for another text. */
export function endOfLife(started: string | undefined): number | undefined {
  const until = Date.parse(pattern.exec(started ?? '')?.[2] ?? '');
  return Number.isNaN(until) ? undefined : until;
}
