import { capitalised, measureName, number, percent, rows } from '../report/words.ts';
import { distributionOf } from '../summary/distribution.ts';
import type { Group, Grouping } from '../summary/groups.ts';
import type { Summary } from '../summary/summary.ts';
import { barsPanel } from './bars-panel.ts';
import type { Frame } from './frame.ts';
import { style } from './style.ts';
import { element, escapeXml, label } from './svg.ts';
import { trendPanel } from './trend-panel.ts';

const width = 1_040;

const height = 600;

const margin = 40;

/** Panels lie between title and footnote. */
const body: Frame = { x: margin, y: 128, width: width - 2 * margin, height: height - 128 - 64 };

/** Bars that fit below each other. */
const mostBars = 8;

/** The report in one picture: an SVG document that needs nothing else. */
export function chartOf(summary: Summary, source: string): string {
  const title = titleOf(summary);
  const description = `${title}. ${subtitleOf(summary)}.`;
  const content = [
    element('title', { id: 'title' }, escapeXml(title)),
    element('desc', { id: 'description' }, escapeXml(description)),
    element('style', {}, style),
    fade,
    element('rect', { class: 'card', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 14 }),
    label(title, { class: 'title', x: margin, y: 58 }),
    label(subtitleOf(summary), { class: 'subtitle', x: margin, y: 84 }),
    ...panels(summary),
    label(footnote(summary, source), { class: 'foot', x: margin, y: height - 28 }),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title description',
  };
  return `${element('svg', root, `\n${content.join('\n')}\n`)}\n`;
}

const fade = element(
  'defs',
  {},
  element(
    'linearGradient',
    { id: 'fade', x1: 0, y1: 0, x2: 0, y2: 1 },
    element('stop', { offset: 0, 'stop-opacity': 0.28 }) +
      element('stop', { offset: 1, 'stop-opacity': 0.03 }),
  ),
);

function titleOf({ trend, grouping, measure }: Summary): string {
  const name = capitalised(measureName(measure));
  if (trend && grouping) return `${name} over time and by ${words(grouping.column)}`;
  if (trend) return `${name} over time`;
  return grouping ? `${name} by ${words(grouping.column)}` : `How ${measureName(measure)} is spread`;
}

function subtitleOf({ measure, value, trend, rows: used }: Summary): string {
  const all = measure.how === 'count' ? rows(used.length) : `${number(value)} in ${rows(used.length)}`;
  const first = trend?.points[0]?.label;
  const span = first === undefined ? '' : `, ${first} to ${trend?.points.at(-1)?.label}`;
  const change =
    trend?.change === undefined ? '' : `; second half against the first: ${percent(trend.change)}`;
  return `${measure.how === 'mean' ? 'Average ' : ''}${all}${span}${change}`;
}

function footnote({ dirty }: Summary, source: string): string {
  const aside = dirty.length === 0 ? '' : ` · ${rows(dirty.length)} set aside`;
  return `Source: ${source}${aside}`;
}

function panels({ trend, grouping, measure, columns, rows: used }: Summary): string[] {
  const name = measureName(measure);
  if (!trend) return [bars(grouping ?? distributionOf(columns, used, measure), body)];
  if (!grouping) return [trendPanel(trend, name, body)];
  const gap = 56;
  const left = { ...body, width: Math.round(body.width * 0.62) };
  const right = { ...body, x: left.x + left.width + gap, width: body.width - left.width - gap };
  return [trendPanel(trend, name, left), bars(grouping, right)];
}

function bars({ column, groups }: Grouping, frame: Frame): string {
  return barsPanel(`By ${words(column)}`, atMost(groups), frame);
}

/** The largest ones; the others are left to the report. */
function atMost(groups: readonly Group[]): readonly Group[] {
  return groups.slice(0, mostBars);
}

const words = (name: string) => name.replace(/[_-]+/g, ' ');
