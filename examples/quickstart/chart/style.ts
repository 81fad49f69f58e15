/** Looks of the chart, in daylight and in the dark. */
export const style = `
text { font-family: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: #1f2933; }
.card { fill: #ffffff; stroke: #e4e7eb; }
.title { font-size: 24px; font-weight: 650; letter-spacing: -0.2px; }
.subtitle { font-size: 14px; fill: #616e7c; }
.panel { font-size: 14px; font-weight: 600; }
.tick { font-size: 12px; fill: #7b8794; }
.name { font-size: 13px; }
.value, .peak { font-size: 13px; font-weight: 600; font-variant-numeric: tabular-nums; }
.peak { paint-order: stroke; stroke: #ffffff; stroke-width: 5px; stroke-linejoin: round; }
.foot { font-size: 12px; fill: #7b8794; }
.grid { stroke: #e8ecf0; }
.zero { stroke: #9aa5b1; }
.area { fill: url(#fade); }
.line { fill: none; stroke: #0f766e; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
.dot { fill: #ffffff; stroke: #0f766e; stroke-width: 2; }
.track { fill: #eef2f5; }
.bar { fill: #0f766e; }
.negative { fill: #c2410c; }
#fade stop { stop-color: #14b8a6; }
@media (prefers-color-scheme: dark) {
  text { fill: #e4e7eb; }
  .card { fill: #14191f; stroke: #2a323c; }
  .subtitle, .tick, .foot { fill: #9aa5b1; }
  .peak { stroke: #14191f; }
  .grid { stroke: #242c35; }
  .zero { stroke: #52606d; }
  .line { stroke: #2dd4bf; }
  .dot { fill: #14191f; stroke: #2dd4bf; }
  .track { fill: #222a33; }
  .bar { fill: #2dd4bf; }
  .negative { fill: #fb923c; }
}`;
