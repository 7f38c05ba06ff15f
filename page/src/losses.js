// What each party loses, split into parts that stack away from zero on either side; a thin bar is the interval.
import * as Plot from "@observablehq/plot";
import { assemble, grid, legend } from "./panels.js";
import { BUBBLE } from "./time.js";
import { capital, moneyStep, number } from "./words.js";

const LOOKS = [
  { fill: "var(--accent)" },
  { fill: "url(#stripes)", className: "striped" },
  { fill: "url(#dots)", className: "dotted" },
  { fill: "var(--tone-2)" },
];

const SVG = "http://www.w3.org/2000/svg";

// Stripes and dots, so that the parts stay apart in grey and for eyes that see colours otherwise.
function patterns() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("width", 0);
  svg.setAttribute("height", 0);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "patterns");
  svg.innerHTML =
    '<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="stripes-back"/><rect width="2.4" height="6" class="stripes-front"/></pattern>' +
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="dots-back"/><circle cx="3" cy="3" r="1.3" class="dots-front"/></pattern></defs>';
  return svg;
}

function stacked(rows) {
  const up = new Map();
  const down = new Map();
  return rows
    .filter((row) => typeof row.value === "number")
    .map((row) => {
      const side = row.value < 0 ? down : up;
      const from = side.get(row.party) ?? 0;
      side.set(row.party, from + row.value);
      return { ...row, x1: Math.min(from, from + row.value), x2: Math.max(from, from + row.value) };
    });
}

function scaled(value, step) {
  return typeof value === "number" ? value / step : null;
}

function words(row, parts, unit, said) {
  const lines = [said(row.party), ...parts.filter((each) => each.party === row.party).map((each) => `${said(each.component)} ${number(each.value)}`)];
  lines.push(`total ${number(row.value)} ${unit}${typeof row.low === "number" ? ` (${number(row.low)} to ${number(row.high)})` : ""}`);
  return lines.join("\n");
}

export function losses({ chart, rows, width, said }) {
  const totalName = chart.options.total ?? "total";
  const parts = stacked(rows.filter((row) => row.component !== totalName));
  const totals = rows.filter((row) => row.component === totalName && typeof row.value === "number");
  const components = [...new Set(parts.map((row) => row.component))];
  const parties = [...new Set(rows.map((row) => row.party))];
  const ends = [...parts.flatMap((row) => [row.x1, row.x2]), ...totals.flatMap((row) => [row.value, row.low, row.high])];
  const [step, name] = chart.unit.startsWith("USD") ? moneyStep(ends) : [1, ""];
  const unit = name ? chart.unit.replace("USD", `USD ${name}`) : chart.unit;
  const panel = {
    options: (inner, ledger) => ({
      height: parties.length * 46 + 58,
      marginLeft: Math.min(150, Math.max(...parties.map((each) => said(each).length)) * 7.2 + 14),
      marginRight: 16,
      marginTop: 8,
      marginBottom: 38,
      x: { nice: true, domain: [Math.min(0, ...ends.filter(Number.isFinite)), Math.max(0, ...ends.filter(Number.isFinite))] },
      y: { domain: parties, paddingInner: 0.42, paddingOuter: 0.2 },
      marks: [
        Plot.gridX({ ticks: inner < 420 ? 4 : 6, stroke: "var(--rule)", strokeOpacity: 1 }),
        Plot.axisX({ ticks: inner < 420 ? 4 : 6, tickSize: 0, tickFormat: (value) => number(value / step), label: `${unit}; left of zero: a gain`, labelArrow: "none", labelAnchor: "right", labelOffset: 34, color: "var(--soft)" }),
        Plot.axisY({ tickSize: 0, tickFormat: said, label: null, color: "var(--ink)", fontSize: 13 }),
        ...components.map((component, index) => {
          const own = parts.filter((row) => row.component === component);
          return Plot.barX(own, { y: "party", x1: "x1", x2: "x2", fill: LOOKS[index % LOOKS.length].fill, stroke: "var(--edge)", strokeWidth: 1, className: ledger.tag("value", own) });
        }),
        Plot.ruleX([0], { stroke: "var(--ink)" }),
        Plot.ruleY(totals, { y: "party", x1: "low", x2: "high", stroke: "var(--paper)", strokeWidth: 4 }),
        Plot.ruleY(totals, { y: "party", x1: "low", x2: "high", stroke: "var(--ink)", strokeWidth: 2, className: ledger.tag("interval", totals) }),
        Plot.dot(totals, { y: "party", x: "value", r: 4.5, fill: "var(--ink)", stroke: "var(--paper)", strokeWidth: 1.5, className: ledger.tag("total", totals) }),
        Plot.tip(totals, Plot.pointerY({ x: "value", y: "party", title: (row) => words({ ...row, value: row.value / step, low: scaled(row.low, step), high: scaled(row.high, step) }, parts.map((each) => ({ ...each, value: each.value / step })), unit, said), ...BUBBLE })),
      ],
    }),
  };
  const key = legend([
    ...components.map((component, index) => ({ ...LOOKS[index % LOOKS.length], label: capital(said(component)) })),
    ...(totals.length ? [{ stroke: "var(--ink)", dot: "var(--ink)", label: "Total and its 80 % interval" }] : []),
  ]);
  const { box, plots } = grid([panel], 1, width, () => `${chart.title}, ${unit} by party and component. The numbers are in the table below.`);
  return { element: assemble(patterns(), key, box), plots };
}
