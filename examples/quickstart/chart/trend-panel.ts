import { capitalised, number, short } from '../report/words.ts';
import type { Point, Trend } from '../summary/trend.ts';
import type { Frame } from './frame.ts';
import { type Scale, scaleOf } from './scale.ts';
import { element, escapeXml, label, round } from './svg.ts';

/** Width that the numbers of the axis take. */
const axisWidth = 48;

/** Width that half of the last name of the time axis takes. */
const sideWidth = 32;

/** Least distance between two names of the time axis. */
const nameWidth = 68;

/** More points than this are a line without dots. */
const mostDots = 62;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly point: Point;
}

/** The measure over time: an area under a line, its peak named. */
export function trendPanel({ points, period }: Trend, measure: string, frame: Frame): string {
  const scale = scaleOf(points.map(({ value }) => value));
  const plot = {
    x: frame.x + axisWidth,
    y: frame.y + 40,
    width: frame.width - axisWidth - sideWidth,
    height: frame.height - 76,
  };
  const places = points.map((point, index) => ({
    x: plot.x + (plot.width * index) / Math.max(1, points.length - 1),
    y: heightOf(point.value, scale, plot),
    point,
  }));
  return [
    label(`${capitalised(measure)} per ${period}`, { class: 'panel', x: frame.x, y: frame.y + 12 }),
    grid(scale, plot),
    curve(places, heightOf(0, scale, plot)),
    names(places, plot),
    dots(places, measure),
    peak(places, plot),
  ].join('\n');
}

const heightOf = (value: number, scale: Scale, plot: Frame) =>
  plot.y + plot.height * (1 - scale.place(value));

function grid(scale: Scale, plot: Frame): string {
  return scale.ticks
    .map((tick) => {
      const y = heightOf(tick, scale, plot);
      const line = { class: tick === 0 ? 'zero' : 'grid', x1: plot.x, x2: plot.x + plot.width, y1: y, y2: y };
      return (
        element('line', line) +
        label(short(tick), { class: 'tick', x: plot.x - 10, y: y + 4, 'text-anchor': 'end' })
      );
    })
    .join('');
}

function curve(places: readonly Place[], base: number): string {
  const line = places.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const area = `${line}L${round(places.at(-1)?.x ?? 0)} ${round(base)}L${round(places[0]?.x ?? 0)} ${round(base)}Z`;
  return element('path', { class: 'area', d: area }) + element('path', { class: 'line', d: line });
}

/** As many names as fit, the last one always among them. */
function names(places: readonly Place[], plot: Frame): string {
  const fit = Math.max(2, Math.floor(plot.width / nameWidth));
  const every = Math.ceil(places.length / fit);
  const last = places.length - 1;
  return places
    .filter((_, index) => (last - index) % every === 0)
    .map(({ x, point }) =>
      label(point.label, { class: 'tick', x, y: plot.y + plot.height + 24, 'text-anchor': 'middle' }),
    )
    .join('');
}

function dots(places: readonly Place[], measure: string): string {
  if (places.length > mostDots) return '';
  return places
    .map(({ x, y, point }) => {
      const title = `${point.label}: ${number(point.value)} ${measure}`;
      return element(
        'circle',
        { class: 'dot', cx: x, cy: y, r: 3.5 },
        element('title', {}, escapeXml(title)),
      );
    })
    .join('');
}

function peak(places: readonly Place[], plot: Frame): string {
  const highest = places.reduce((best, place) => (place.y < best.y ? place : best));
  const inside = Math.min(Math.max(highest.x, plot.x + 40), plot.x + plot.width - 40);
  return label(short(highest.point.value), {
    class: 'peak',
    x: inside,
    y: highest.y - 12,
    'text-anchor': 'middle',
  });
}
