/** Says on standard output how far it is: for whoever follows `docker compose logs`. */
export function tell(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}
