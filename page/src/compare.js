// Items side by side under each assumption, with intervals.
import * as Plot from "@observablehq/plot";
import { assemble, grid, legend } from "./panels.js";
import { BUBBLE } from "./time.js";
import { moneyStep, number } from "./words.js";

const LOOKS = ["var(--blue)", "var(--tone-3)", "var(--ochre)", "var(--tone-1)"];

export function compare({ chart, rows, width, said }) {
  const all = rows.filter((row) => typeof row.value === "number").map((row) => ({ ...row, series: row.series ?? "" }));
  const items = [...new Set(all.map((row) => row.item))];
  const series = [...new Set(all.map((row) => row.series))];
  const ends = all.flatMap((row) => [row.value, row.low, row.high]).filter(Number.isFinite);
  const [step, name] = chart.unit.startsWith("USD") ? moneyStep(ends) : [1, ""];
  const unit = name ? chart.unit.replace("USD", `USD ${name}`) : chart.unit;
  const many = series.length > 1;
  const panels = items.map((item, index) => {
    const own = all.filter((row) => row.item === item);
    const last = index === items.length - 1;
    return {
      title: said(item),
      options: (inner, ledger) => ({
        height: own.length * 34 + (last ? 44 : 12),
        marginTop: 4,
        marginBottom: last ? 36 : 4,
        marginLeft: many ? Math.min(170, Math.max(...series.map((each) => said(each).length)) * 6.6 + 14) : 8,
        marginRight: 20,
        x: { nice: true, domain: [Math.min(0, ...ends), Math.max(0, ...ends)] },
        y: { domain: series, padding: 0.26 },
        marks: [
          Plot.gridX({ ticks: 5, stroke: "var(--rule)", strokeOpacity: 1 }),
          last ? Plot.axisX({ ticks: 5, tickSize: 0, tickFormat: (value) => number(value / step), label: unit, labelArrow: "none", labelAnchor: "right", labelOffset: 32, color: "var(--soft)" }) : Plot.axisX({ ticks: [], label: null }),
          many ? Plot.axisY({ tickSize: 0, tickFormat: said, label: null, color: "var(--ink)", fontSize: 12.5 }) : Plot.axisY({ ticks: [], label: null }),
          Plot.barX(own, { y: "series", x: "value", fill: (row) => LOOKS[series.indexOf(row.series) % LOOKS.length], className: ledger.tag("value", own) }),
          Plot.ruleX([0], { stroke: "var(--ink)" }),
          Plot.ruleY(own, { y: "series", x1: "low", x2: "high", stroke: "var(--paper)", strokeWidth: 4 }),
          Plot.ruleY(own, { y: "series", x1: "low", x2: "high", stroke: "var(--ink)", strokeWidth: 2, className: ledger.tag("interval", own) }),
          Plot.tip(own, Plot.pointerY({ x: "value", y: "series", title: (row) => `${said(item)}${many ? `, ${said(row.series)}` : ""}\n${number(row.value / step)} ${unit}${typeof row.low === "number" ? ` (${number(row.low / step)} to ${number(row.high / step)})` : ""}`, ...BUBBLE })),
        ],
        color: { type: "identity" },
      }),
    };
  });
  const { box, plots } = grid(panels, 1, width, (panel) => `${chart.title}: ${panel.title}, ${unit}. The numbers are in the table below.`);
  return { element: assemble(many && legend(series.map((each, index) => ({ fill: LOOKS[index % LOOKS.length], label: said(each) }))), box), plots };
}
