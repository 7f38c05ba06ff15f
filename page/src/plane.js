// Packages in the plane of two parties' payoffs: a dot each, the chosen ones named, no deal where the axes cross.
import * as Plot from "@observablehq/plot";
import { assemble, grid, legend } from "./panels.js";
import { BUBBLE, facetsOf } from "./time.js";
import { moneyStep, number } from "./words.js";

const LOOKS = [
  { dot: "var(--accent)", r: 6.5 },
  { dot: "var(--blue)", r: 6.5 },
  { dot: "var(--ochre)", r: 6.5 },
  { dot: "var(--ink)", r: 5 },
  { dot: "var(--blue)", hollow: true, r: 5 },
  { dot: "var(--accent)", hollow: true, r: 5 },
];
const QUIET = { dot: "var(--soft)", hollow: true, r: 3.5 };

function words(row, scale, chart) {
  const share = typeof row.share === "number" ? `\nchosen in ${number(100 * row.share)} % of cases` : "";
  return `${row.name}\n${chart.options.label_x}: ${number(row.x / scale.step)} ${scale.unit}\n${chart.options.label_y}: ${number(row.y / scale.step)} ${scale.unit}${share}`;
}

function axis(make, label, step, inner, labelOffset) {
  return make({ ticks: inner < 420 ? 4 : 6, tickSize: 0, tickFormat: (value) => number(value / step), label, labelArrow: "none", labelOffset, color: "var(--soft)" });
}

// Groups in the order of the rows; one that only gives the background is named in the options.
function looksOf(groups, quiet) {
  const loud = groups.filter((group) => group !== quiet);
  return new Map(groups.map((group) => [group, group === quiet ? QUIET : LOOKS[loud.indexOf(group) % LOOKS.length]]));
}

function dots(members, looks, ledger) {
  // The background first, so that what matters lies on top.
  return [...looks]
    .map(([group, look]) => ({ own: members.filter((row) => row.group === group), look }))
    .sort((a, b) => a.look.r - b.look.r)
    .map(({ own, look }) =>
      Plot.dot(own, { x: "x", y: "y", r: look.r, fill: look.hollow ? "var(--paper)" : look.dot, stroke: look.hollow ? look.dot : "var(--paper)", strokeWidth: 1.5, className: ledger.tag("y", own) }),
    );
}

export function plane({ chart, rows, width, said }) {
  const all = rows.filter((row) => typeof row.x === "number" && typeof row.y === "number");
  const groups = [...new Set(all.map((row) => row.group))];
  const looks = looksOf([...groups.filter((group) => group !== chart.options.quiet), ...groups.filter((group) => group === chart.options.quiet)], chart.options.quiet);
  const [step, name] = moneyStep(all.flatMap((row) => [row.x, row.y]));
  const scale = { step, unit: name ? chart.unit.replace("USD", `USD ${name}`) : chart.unit };
  const panels = facetsOf(all, "facet").map(([facet, members]) => ({
    title: facet === "" ? "" : said(facet),
    unit: scale.unit,
    options: (inner, ledger) => ({
      height: Math.round(Math.min(440, Math.max(300, inner * 0.75))),
      marginLeft: 46,
      marginBottom: 40,
      marginTop: 24,
      marginRight: 16,
      x: { nice: true, domain: [Math.min(0, ...members.map((row) => row.x)), Math.max(0, ...members.map((row) => row.x))] },
      y: { nice: true, domain: [Math.min(0, ...members.map((row) => row.y)), Math.max(0, ...members.map((row) => row.y))] },
      marks: [
        Plot.gridX({ stroke: "var(--rule)", strokeOpacity: 1 }),
        Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1 }),
        axis(Plot.axisX, chart.options.label_x, step, inner, 34),
        axis(Plot.axisY, chart.options.label_y, step, inner, 44),
        Plot.ruleX([0], { stroke: "var(--ink)" }),
        Plot.ruleY([0], { stroke: "var(--ink)" }),
        ...dots(members, looks, ledger),
        Plot.tip(members, Plot.pointer({ x: "x", y: "y", title: (row) => words(row, scale, chart), ...BUBBLE })),
      ],
    }),
  }));
  const key = legend([...looks].map(([group, look]) => ({ ...look, label: said(group) })));
  const columns = panels.length > 1 && width >= 760 ? 2 : 1;
  const { box, plots } = grid(panels, columns, width, (panel) => `${chart.title}${panel.title ? `: ${panel.title}` : ""}, ${scale.unit}. The numbers are in the table below.`);
  return { element: assemble(key, box), plots };
}
