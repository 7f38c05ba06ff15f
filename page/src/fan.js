// Forecast against report, month by month: the band, its middle, a naive line, and what was reported.
import * as Plot from "@observablehq/plot";
import { assemble, eventKey, grid, legend } from "./panels.js";
import { dated, eventMarks, facetsOf, lettered, reading, spanOf, timeAxes, timeFrame } from "./time.js";
import { monthName, number } from "./words.js";

function words(row, unit, labels) {
  const lines = [monthName(row.date), `median ${number(row.median)} ${unit}`, `80 % interval ${number(row.low)} to ${number(row.high)}`];
  if (row.reported !== undefined) lines.push(row.reported === null ? `${labels.reported}: not published` : `${labels.reported} ${number(row.reported)}`);
  if (typeof row.naive === "number") lines.push(`${labels.naive} ${number(row.naive)}`);
  return lines.join("\n");
}

export function fan({ chart, rows, width, said }) {
  const labels = { reported: chart.options.label_reported ?? "reported", naive: chart.options.label_naive ?? "naive forecast" };
  const all = dated(rows);
  const events = lettered(chart.events, all);
  const panels = facetsOf(all, "destination").map(([facet, members]) => ({
    title: facet === "" ? "" : said(facet),
    unit: chart.unit,
    options: (inner, ledger) => ({
      ...timeFrame(members, events),
      height: Math.round(Math.min(300, Math.max(210, inner * 0.56))) + (events.length ? 12 : 0),
      y: { zero: true, nice: true },
      marks: [
        ...timeAxes(inner),
        Plot.areaY(members, { x: "date", y1: "low", y2: "high", fill: "var(--blue)", fillOpacity: 0.2, className: ledger.tag("band", members) }),
        ...eventMarks(events, inner, spanOf(members)),
        Plot.ruleY([0], { stroke: "var(--soft)" }),
        Plot.lineY(members, { x: "date", y: "naive", stroke: "var(--soft)", strokeWidth: 1.75, strokeDasharray: "5 4", className: ledger.tag("naive", members) }),
        Plot.lineY(members, { x: "date", y: "median", stroke: "var(--blue)", strokeWidth: 2.25, className: ledger.tag("median", members) }),
        Plot.dot(members, { x: "date", y: "reported", r: 4.25, fill: "var(--accent)", stroke: "var(--paper)", strokeWidth: 1.25, className: ledger.tag("reported", members) }),
        reading(members, "median", (row) => words(row, chart.unit, labels)),
      ],
    }),
  }));
  const has = (role) => all.some((row) => typeof row[role] === "number");
  const key = legend(
    [
      { area: "var(--blue)", opacity: 0.2, stroke: "var(--blue)", label: chart.options.label_median ?? "median and 80 % interval" },
      has("naive") && { stroke: "var(--soft)", dash: "5 4", label: labels.naive },
      has("reported") && { dot: "var(--accent)", label: labels.reported },
    ].filter(Boolean),
  );
  const columns = panels.length > 1 && width >= 620 ? 2 : 1;
  const { box, plots } = grid(panels, columns, width, (panel) => `${chart.title}${panel.title ? `: ${panel.title}` : ""}, ${chart.unit} by month. The numbers are in the table below.`);
  return { element: assemble(key, box, events.length && eventKey(events)), plots };
}
