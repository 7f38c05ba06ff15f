// What every chart over months shares: its axes, its dated acts, and the reading under the pointer.
import * as Plot from "@observablehq/plot";
import { dateOf } from "./tables.js";
import { dayName, number } from "./words.js";

// How the reading under the pointer looks.
export const BUBBLE = { fill: "var(--paper)", stroke: "var(--rule-strong)", textPadding: 9, fontSize: 12.5, lineHeight: 1.35 };

const DAY = 86_400_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function dated(rows) {
  return rows.map((row) => ({ ...row, date: dateOf(row.month) })).filter((row) => row.date);
}

export function facetsOf(rows, role) {
  if (rows.every((row) => row[role] === undefined)) return [["", rows]];
  const groups = new Map();
  for (const row of rows) groups.set(row[role], [...(groups.get(row[role]) ?? []), row]);
  return [...groups];
}

// Acts before the first month or after the end of the last one have no place on the axis.
export function lettered(events, rows) {
  const times = rows.map((row) => +row.date);
  const [first, last] = [Math.min(...times), Math.max(...times) + 31 * DAY];
  return events
    .map((event) => ({ ...event, date: dateOf(event.date) }))
    .filter((event) => event.date >= first && event.date < last)
    .sort((a, b) => a.date - b.date)
    .map((event, index) => ({ ...event, letter: LETTERS[index % 26], words: `${dayName(event.date)}: ${event.label}` }));
}

// Letters of acts that fall too close together are lifted in turn, so that none hides another.
export function eventMarks(events, width, span) {
  const room = (14 * span) / Math.max(width - 60, 1);
  let last = -Infinity;
  let lift = 0;
  const placed = events.map((event) => {
    lift = event.date - last < room ? lift + 1 : 0;
    last = +event.date;
    return { ...event, lift };
  });
  return [
    Plot.ruleX(placed, { x: "date", stroke: "var(--soft)", strokeWidth: 1, strokeDasharray: "1 3" }),
    ...[0, 1, 2].map((level) =>
      Plot.text(
        placed.filter((event) => Math.min(event.lift, 2) === level),
        { x: "date", text: "letter", frameAnchor: "top", lineAnchor: "bottom", dy: -3 - 12 * level, fill: "var(--ink)", fontWeight: 600 },
      ),
    ),
  ];
}

export function timeAxes(width, y = {}) {
  const narrow = width < 420;
  return [
    Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: y.ticks ?? 4 }),
    Plot.axisY({
      ticks: y.ticks ?? 4,
      tickSize: 0,
      tickFormat: y.tickFormat ?? number,
      label: null,
      color: "var(--soft)",
    }),
    Plot.axisX({ ticks: narrow ? 4 : 6, tickSize: 4, label: null, color: "var(--soft)" }),
  ];
}

export function reading(rows, y, title) {
  return Plot.tip(
    rows,
    Plot.pointerX({ x: "date", y, title, ...BUBBLE }),
  );
}

export function spanOf(rows) {
  const times = rows.map((row) => +row.date);
  return Math.max(...times) - Math.min(...times) || 1;
}

// The frame of a chart over months: head-room for the letters, the same margins in every panel.
export function timeFrame(rows, events) {
  const times = rows.map((row) => +row.date);
  return {
    marginTop: events.length ? 32 : 12,
    marginLeft: 48,
    marginRight: 10,
    marginBottom: 34,
    x: { type: "utc", domain: [Math.min(...times), Math.max(...times, ...events.map((event) => +event.date))] },
  };
}
