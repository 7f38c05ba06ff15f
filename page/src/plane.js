// Packages in the plane of two parties' payoffs: a dot each, the chosen ones named, no deal where the axes cross.
import * as Plot from "@observablehq/plot";
import { assemble, grid, legend } from "./panels.js";
import { BUBBLE, facetsOf } from "./time.js";
import { moneyStep, number } from "./words.js";

const LOOKS = [
  { dot: "var(--accent)", r: 6.5 },
  { dot: "var(--blue)", r: 6.5 },
  { dot: "var(--soft)", hollow: true, r: 3.5 },
];

function words(row, scale, chart) {
  const share = typeof row.share === "number" ? `\nchosen in ${number(100 * row.share)} % of cases` : "";
  return `${row.name}\n${chart.options.label_x}: ${number(row.x / scale.step)} ${scale.unit}\n${chart.options.label_y}: ${number(row.y / scale.step)} ${scale.unit}${share}`;
}

function axis(make, label, step, inner, labelOffset) {
  return make({ ticks: inner < 420 ? 4 : 6, tickSize: 0, tickFormat: (value) => number(value / step), label, labelArrow: "none", labelOffset, color: "var(--soft)" });
}

function dots(members, groups, ledger) {
  // The smallest first, so that those that matter lie on top.
  return groups
    .map((group, index) => ({ own: members.filter((row) => row.group === group), look: LOOKS[Math.min(index, LOOKS.length - 1)] }))
    .reverse()
    .map(({ own, look }) =>
      Plot.dot(own, { x: "x", y: "y", r: look.r, fill: look.hollow ? "var(--paper)" : look.dot, stroke: look.hollow ? look.dot : "var(--paper)", strokeWidth: 1.5, className: ledger.tag("y", own) }),
    );
}

export function plane({ chart, rows, width, said }) {
  const all = rows.filter((row) => typeof row.x === "number" && typeof row.y === "number");
  const groups = [...new Set(all.map((row) => row.group))].sort((a, b) => all.filter((row) => row.group === a).length - all.filter((row) => row.group === b).length);
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
        ...dots(members, groups, ledger),
        Plot.tip(members, Plot.pointer({ x: "x", y: "y", title: (row) => words(row, scale, chart), ...BUBBLE })),
      ],
    }),
  }));
  const key = legend(groups.map((group, index) => ({ ...LOOKS[Math.min(index, LOOKS.length - 1)], label: said(group) })));
  const columns = panels.length > 1 && width >= 760 ? 2 : 1;
  const { box, plots } = grid(panels, columns, width, (panel) => `${chart.title}${panel.title ? `: ${panel.title}` : ""}, ${scale.unit}. The numbers are in the table below.`);
  return { element: assemble(key, box), plots };
}
