// Values over months by series; each series has its own colour and its own dash.
import * as Plot from "@observablehq/plot";
import { assemble, eventKey, grid, legend } from "./panels.js";
import { BUBBLE, dated, eventMarks, facetsOf, lettered, reading, spanOf, timeAxes, timeFrame } from "./time.js";
import { moneyStep, monthName, number } from "./words.js";

const LOOKS = [
  { stroke: "var(--blue)" },
  { stroke: "var(--accent)", dash: "7 3" },
  { stroke: "var(--ochre)", dash: "2 3" },
  { stroke: "var(--ink)", dash: "9 3 2 3" },
  { stroke: "var(--soft)", dash: "4 4" },
];

function words(row, { step, unit }, said) {
  const range = typeof row.low === "number" && typeof row.high === "number" ? ` (${number(row.low / step)} to ${number(row.high / step)})` : "";
  const quoted = typeof row.quoted === "number" ? `\nquoted ${number(row.quoted / step)}` : "";
  return `${monthName(row.date)}\n${said(row.series)} ${number(row.value / step)} ${unit}${range}${quoted}`;
}

// A price of zero has no place on a logarithmic scale; it is left out there, and stays in the table.
function drawable(members, log) {
  return log ? members.filter((row) => !(row.value <= 0)) : members;
}

const FIRSTS = [[1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7], [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9]];

// Ticks at 1, 2 and 5 of each power of ten, between the ends of what is drawn; closer ones where those are too few.
function logScale(members) {
  const drawn = members.flatMap((row) => [row.value, row.low, row.high, row.quoted]).filter((value) => value > 0);
  const domain = [Math.min(...drawn) / 1.1, Math.max(...drawn) * 1.1];
  const candidates = FIRSTS.map((firsts) => ticksBetween(domain, firsts));
  return { domain, ticks: candidates.find((ticks) => ticks.length > 2) ?? candidates.at(-1) };
}

function ticksBetween([low, high], firsts) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1)
    ticks.push(...firsts.map((first) => first * 10 ** power).filter((tick) => tick >= low && tick <= high));
  return ticks;
}

// Sums of money are read in the step that fits them; prices per kilogram as they are.
function scaleOf(chart, members) {
  if (!chart.unit.startsWith("USD ")) return { step: 1, unit: chart.unit };
  const [step, name] = moneyStep(members.flatMap((row) => [row.value, row.low, row.high]));
  return { step, unit: name ? chart.unit.replace("USD", `USD ${name}`) : chart.unit };
}

function seriesMarks(series, members, look, ledger) {
  const own = members.filter((row) => row.series === series);
  return {
    own,
    band: Plot.areaY(own, { x: "date", y1: "low", y2: "high", fill: look.stroke, fillOpacity: 0.14, className: ledger.tag("band", own) }),
    line: Plot.lineY(own, { x: "date", y: "value", stroke: look.stroke, strokeWidth: 2.25, strokeDasharray: look.dash, className: ledger.tag("value", own) }),
    quoted: Plot.dot(own, { x: "date", y: "quoted", r: 4.25, fill: "var(--paper)", stroke: look.stroke, strokeWidth: 2, className: ledger.tag("quoted", own) }),
  };
}

export function lines({ chart, rows, width, said }) {
  const log = Boolean(chart.options.log);
  const all = drawable(dated(rows), log);
  const events = lettered(chart.events, all);
  const series = [...new Set(all.map((row) => row.series))];
  const money = scaleOf(chart, all);
  const panels = facetsOf(all, "facet").map(([facet, members]) => ({
    title: facet === "" ? "" : said(facet),
    unit: log ? `${money.unit}, logarithmic scale` : money.unit,
    options(inner, ledger) {
      const scale = logScale(members);
      const drawn = series.map((name, index) => seriesMarks(name, members, LOOKS[index % LOOKS.length], ledger));
      return {
        ...timeFrame(members, events),
        height: Math.round(Math.min(320, Math.max(220, inner * 0.5))) + (events.length ? 12 : 0),
        y: log ? { type: "log", domain: scale.domain } : { zero: true, nice: true },
        marks: [
          ...timeAxes(inner, { ticks: log ? scale.ticks : 4, tickFormat: (value) => number(value / money.step) }),
          ...drawn.map((each) => each.band),
          ...eventMarks(events, inner, spanOf(members)),
          ...drawn.map((each) => each.line),
          ...drawn.map((each) => each.quoted),
          Plot.tip(members, Plot.pointer({ x: "date", y: "value", title: (row) => words(row, money, said), ...BUBBLE })),
        ],
      };
    },
  }));
  const quoted = all.some((row) => typeof row.quoted === "number");
  const key = legend([
    ...series.map((name, index) => ({ ...LOOKS[index % LOOKS.length], label: said(name) })),
    ...(quoted ? [{ dot: "var(--soft)", hollow: true, label: chart.options.label_quoted ?? "quoted by a publisher" }] : []),
  ]);
  const columns = panels.length > 1 && width >= 620 ? 2 : 1;
  const { box, plots } = grid(panels, columns, width, (panel) => `${chart.title}${panel.title ? `: ${panel.title}` : ""}, ${money.unit} by month${log ? ", logarithmic" : ""}. The numbers are in the table below.`);
  return { element: assemble(key, box, events.length && eventKey(events)), plots };
}
