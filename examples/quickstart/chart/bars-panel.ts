import { short } from '../report/words.ts';
import type { Group } from '../summary/groups.ts';
import type { Frame } from './frame.ts';
import { element, escapeXml, label } from './svg.ts';

/** Height of a bar with its name, at most. */
const tallest = 72;

/** Characters of a name. */
const longestName = 34;

/** Height of the title above the bars, in pixels. */
const titleHeight = 36;

/** Height that so many bars like to have. */
export const barsHeight = (count: number): number => titleHeight + count * tallest;

/** One bar for each group, under its name. */
export function barsPanel(title: string, groups: readonly Group[], frame: Frame): string {
  const longest = Math.max(...groups.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const room = frame.height - titleHeight;
  const pitch = Math.min(tallest, room / Math.max(1, groups.length));
  const bars = groups.map((group, index) =>
    bar(
      group,
      { x: frame.x, y: frame.y + titleHeight + index * pitch, width: frame.width, height: pitch },
      longest,
    ),
  );
  return [label(title, { class: 'panel', x: frame.x, y: frame.y + 12 }), ...bars].join('\n');
}

function bar({ name, value, rows }: Group, frame: Frame, longest: number): string {
  const shown = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
  const thickness = Math.max(3, Math.min(14, frame.height - 24));
  const place = { x: frame.x, y: frame.y + 18, height: thickness, rx: Math.min(7, thickness / 2) };
  const width = value === 0 ? 0 : Math.max(2, frame.width * (Math.abs(value) / longest));
  const title = element('title', {}, escapeXml(`${name}: ${short(value)} (rows: ${rows})`));
  return [
    label(shown, { class: 'name', x: frame.x, y: frame.y + 10 }),
    label(short(value), { class: 'value', x: frame.x + frame.width, y: frame.y + 10, 'text-anchor': 'end' }),
    element('rect', { class: 'track', ...place, width: frame.width }),
    element('rect', { class: value < 0 ? 'bar negative' : 'bar', ...place, width }, title),
  ].join('');
}
