import { measureName } from '../report/words.ts';
import { distributionOf } from '../summary/distribution.ts';
import type { Grouping } from '../summary/groups.ts';
import type { Summary } from '../summary/summary.ts';
import { barsHeight, barsPanel } from './bars-panel.ts';
import { footnoteOf, subtitleOf, titleOf, words } from './captions.ts';
import type { Frame } from './frame.ts';
import { style } from './style.ts';
import { element, escapeXml, label } from './svg.ts';
import { trendPanel } from './trend-panel.ts';

const width = 1_040;

const margin = 40;

/** Height of what stands above the panels, and below them. */
const outside = { above: 128, below: 64 } as const;

/** Height of the panels, at most. */
const tallest = 408;

/** Distance between two panels. */
const gutter = 56;

/** Bars that fit below each other; the others are left to the report. */
const mostBars = 8;

/** The report in one picture: an SVG document that needs nothing else. */
export function chartOf(summary: Summary, source: string): string {
  const { markup, height: inside } = panels(summary);
  const height = outside.above + inside + outside.below;
  const title = titleOf(summary);
  const subtitle = subtitleOf(summary);
  const content = [
    element('title', { id: 'title' }, escapeXml(title)),
    element('desc', { id: 'description' }, escapeXml(`${title}. ${subtitle}.`)),
    element('style', {}, style),
    fade,
    element('rect', { class: 'card', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 14 }),
    label(title, { class: 'title', x: margin, y: 58 }),
    label(subtitle, { class: 'subtitle', x: margin, y: 84 }),
    ...markup,
    label(footnoteOf(summary, source), { class: 'foot', x: margin, y: height - 28 }),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    // Whole in a window that is narrower, and no larger than drawn in one that is wider.
    style: 'max-width: 100%; height: auto',
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

interface Panels {
  readonly markup: readonly string[];
  readonly height: number;
}

function panels({ trend, grouping, measure, columns, rows }: Summary): Panels {
  const body: Frame = { x: margin, y: outside.above, width: width - 2 * margin, height: tallest };
  const name = measureName(measure);
  if (!trend) {
    const shown = grouping ?? distributionOf(columns, rows, measure);
    const height = Math.min(tallest, barsHeight(Math.min(mostBars, shown.groups.length)));
    return { markup: [bars(shown, { ...body, height })], height };
  }
  if (!grouping) return { markup: [trendPanel(trend, name, body)], height: tallest };
  const left = { ...body, width: Math.round(body.width * 0.62) };
  const right = { ...body, x: left.x + left.width + gutter, width: body.width - left.width - gutter };
  return { markup: [trendPanel(trend, name, left), bars(grouping, right)], height: tallest };
}

function bars({ column, groups }: Grouping, frame: Frame): string {
  return barsPanel(`By ${words(column)}`, groups.slice(0, mostBars), frame);
}
