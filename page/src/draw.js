// Chooses the drawing for a kind of chart. A new kind is one file and one line here.
import { compare } from "./compare.js";
import { fan } from "./fan.js";
import { lines } from "./lines.js";
import { losses } from "./losses.js";
import { plane } from "./plane.js";
import { shares } from "./shares.js";
import { stocks } from "./stocks.js";

const KINDS = { shares, fan, lines, stocks, losses, compare, plane };

// Rows keep their source untouched for reading back; `said` gives codes their names.
export function draw(chart, sources, width, names) {
  if (!sources.length) return { element: document.createTextNode("There is nothing to draw: the table is empty."), plots: [] };
  const said = (code) => names[code] ?? String(code);
  const rows = sources.map((source) => ({ ...source, source }));
  return KINDS[chart.kind]({ chart, rows, width, said });
}
