// Stages of the chain as bars of countries' shares. One country is set off; the others are told apart by
// their labels and the gaps between them, not by colour.
import * as Plot from "@observablehq/plot";
import { assemble, grid } from "./panels.js";
import { BUBBLE } from "./time.js";
import { percent } from "./words.js";

const BAR = 32;
const PER_LETTER = 6.7;
// A share that would read as 0 % is drawn, but not spelt out.
const LEAST = 0.0005;
const TONES = ["var(--tone-1)", "var(--tone-2)", "var(--tone-3)"];

function emphasised(chart, rows) {
  if (chart.options.emphasis) return chart.options.emphasis;
  const totals = new Map();
  for (const row of rows) totals.set(row.country, (totals.get(row.country) ?? 0) + (row.share ?? 0));
  return [...totals].sort((a, b) => b[1] - a[1])[0]?.[0];
}

// Where each segment begins and ends, in the order of the table.
function placed(rows) {
  const reached = new Map();
  const seen = new Map();
  return rows
    .filter((row) => typeof row.share === "number")
    .map((row) => {
      const from = reached.get(row.stage) ?? 0;
      const index = seen.get(row.stage) ?? 0;
      reached.set(row.stage, from + row.share);
      seen.set(row.stage, index + 1);
      return { ...row, from, to: from + row.share, middle: from + row.share / 2, tone: TONES[index % TONES.length] };
    });
}

function labelFor(row, width, said) {
  const room = (row.share * width - 8) / PER_LETTER;
  const long = `${said(row.country)} ${percent(row.share)}`;
  if (long.length <= room) return long;
  if (row.country.length <= 4 && `${row.country} ${percent(row.share)}`.length <= room) return `${row.country} ${percent(row.share)}`;
  if (said(row.country).length <= room) return said(row.country);
  return row.country.length <= Math.min(room, 4) ? row.country : "";
}

// Segments too narrow for their share are spelt out above the bar, by name or else by code, where there is room.
function leftOver(stage, rows, width, said) {
  const own = rows.filter((row) => row.stage === stage && row.share >= LEAST && !labelFor(row, width, said).includes("%"));
  const room = width / PER_LETTER - said(stage).length * 1.12 - 3;
  const codes = (country) => (country.length <= 4 ? country : said(country));
  const list = (call, shown) => {
    const more = own.length - shown;
    const words = own.slice(0, shown).map((row) => `${call(row.country)} ${percent(row.share)}`);
    return words.join(", ") + (more ? `, ${more} more` : "");
  };
  const texts = [list(said, own.length)];
  for (let shown = own.length; shown > 0; shown -= 1) texts.push(list(codes, shown));
  return texts.find((text) => text.length <= room) ?? "";
}

export function shares({ chart, rows, width, said }) {
  const first = emphasised(chart, rows);
  const all = placed(rows);
  const stages = [...new Set(all.map((row) => row.stage))];
  const strong = all.filter((row) => row.country === first);
  const others = all.filter((row) => row.country !== first);
  const panel = {
    options: (inner, ledger) => {
      const bars = { y: "stage", x1: "from", x2: "to", insetRight: 1.5, rx: 1 };
      const texts = { y: "stage", x: "middle", text: (row) => labelFor(row, inner, said) };
      return {
        height: stages.length * (BAR + 28) + 34,
        marginTop: 6,
        marginBottom: 28,
        marginLeft: 0,
        marginRight: 0,
        x: { domain: [0, 1], clamp: true },
        y: { domain: stages, paddingInner: 0.46, paddingOuter: 0.46, axis: null },
        marks: [
          Plot.axisX({ ticks: [0.25, 0.5, 0.75], tickFormat: percent, tickSize: 4, label: null, color: "var(--soft)" }),
          ...[["start", 0], ["end", 1]].map(([textAnchor, end]) =>
            Plot.text([end], { x: end, text: () => percent(end), textAnchor, frameAnchor: "bottom", lineAnchor: "top", dy: 9, fill: "var(--soft)" }),
          ),
          Plot.barX(others, { ...bars, fill: "tone", className: ledger.tag("share", others) }),
          Plot.barX(strong, { ...bars, fill: "var(--accent)", className: ledger.tag("share", strong) }),
          Plot.text(others, { ...texts, fill: "var(--ink)" }),
          Plot.text(strong, { ...texts, fill: "var(--on-accent)", fontWeight: 600 }),
          Plot.text(stages, { y: (stage) => stage, text: (stage) => said(stage), frameAnchor: "left", textAnchor: "start", dy: -26, fill: "var(--ink)", fontSize: 13, fontWeight: 600 }),
          Plot.text(stages, { y: (stage) => stage, text: (stage) => leftOver(stage, all, inner, said), frameAnchor: "right", textAnchor: "end", dy: -26, fill: "var(--soft)" }),
          Plot.tip(all, Plot.pointer({ x: "middle", y: "stage", title: (row) => `${said(row.stage)}\n${said(row.country)} ${percent(row.share)}`, ...BUBBLE })),
        ],
        color: { type: "identity" },
      };
    },
  };
  const { box, plots } = grid([panel], 1, width, () => `${chart.title}, shares of each stage by country. The numbers are in the table below.`);
  return { element: assemble(box), plots };
}
