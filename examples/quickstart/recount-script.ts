/**
 * A second opinion, by a program that shares nothing with the agent: it runs as a command, reads the cleaned rows from
 * the disk of its space and leaves what it counted in a file.
 */
export const recountScript = `// Counts the rows of a CSV file and adds up one of its columns, apart from the program that wrote it.
import { readFileSync, writeFileSync } from 'node:fs';

const [path, column] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const records = [];
let record = [''];
let quoted = false;
for (let at = 0; at < text.length; at++) {
  const character = text[at];
  if (quoted && character === '"' && text[at + 1] === '"') record[record.length - 1] += text[++at];
  else if (character === '"') quoted = !quoted;
  else if (!quoted && character === ',') record.push('');
  else if (!quoted && character === '\\n') { records.push(record); record = ['']; }
  else record[record.length - 1] += character;
}
const rows = records.slice(1);
const counts = Number(column) < 0;
const cells = counts ? rows.map(() => '1') : rows.map((row) => row[Number(column)]).filter((cell) => cell);

// Added up as whole numbers of the smallest place that occurs: nothing is rounded.
const parts = cells.map((cell) => /^(-?)(\\d+)\\.?(\\d*)(?:e([+-]\\d+))?$/.exec(cell));
const places = parts.map(([, , , fraction, power = 0]) => fraction.length - power);
const most = places.reduce((one, other) => Math.max(one, other), 0);
let units = 0n;
for (const [at, [, sign, whole, fraction]] of parts.entries()) {
  units += BigInt(sign + '1') * BigInt(whole + fraction) * 10n ** BigInt(most - places[at]);
}
const digits = String(units).replace('-', '').padStart(most + 1, '0');
const point = digits.length - most;
const decimal = digits.slice(0, point) + '.' + digits.slice(point);
const sum = (units < 0n ? '-' : '') + decimal.replace(/\\.?0*$/, '');
writeFileSync('recount.json', JSON.stringify({ rows: rows.length, values: cells.length, sum }) + '\\n');
`;
