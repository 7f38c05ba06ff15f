// Months of cover by country, one small panel each on one scale, so that the eye compares.
import * as Plot from "@observablehq/plot";
import { assemble, eventKey, grid, legend } from "./panels.js";
import { dated, eventMarks, facetsOf, lettered, reading, spanOf, timeAxes, timeFrame } from "./time.js";
import { monthName, number } from "./words.js";

function words(row, unit) {
  const range = typeof row.low === "number" ? `\n80 % interval ${number(row.low)} to ${number(row.high)}` : "";
  return `${monthName(row.date)}\n${number(row.cover)} ${unit}${range}`;
}

export function stocks({ chart, rows, width, said }) {
  const all = dated(rows);
  const events = lettered(chart.events, all);
  const top = Math.max(...all.flatMap((row) => [row.cover, row.high ?? 0]));
  const panels = facetsOf(all, "country").map(([country, members]) => ({
    title: said(country),
    unit: chart.unit,
    options: (inner, ledger) => ({
      ...timeFrame(members, events),
      marginLeft: 34,
      height: Math.round(Math.min(230, Math.max(165, inner * 0.56))) + (events.length ? 12 : 0),
      y: { domain: [0, top], nice: true },
      marks: [
        ...timeAxes(inner, { ticks: 3 }),
        Plot.areaY(members, { x: "date", y1: "low", y2: "high", fill: "var(--blue)", fillOpacity: 0.2, className: ledger.tag("band", members) }),
        ...eventMarks(events, inner, spanOf(members)),
        Plot.ruleY([0], { stroke: "var(--soft)" }),
        Plot.lineY(members, { x: "date", y: "cover", stroke: "var(--blue)", strokeWidth: 2.25, className: ledger.tag("cover", members) }),
        reading(members, "cover", (row) => words(row, chart.unit)),
      ],
    }),
  }));
  const columns = width >= 760 ? 3 : width >= 480 ? 2 : 1;
  const key = all.some((row) => typeof row.low === "number") && legend([{ area: "var(--blue)", opacity: 0.2, stroke: "var(--blue)", label: "median and 80 % interval" }]);
  const { box, plots } = grid(panels, columns, width, (panel) => `${chart.title}: ${panel.title}, ${chart.unit} by month. The numbers are in the table below.`);
  return { element: assemble(key, box, events.length && eventKey(events)), plots };
}
