// Small multiples, legends and keys: everything around the plots themselves.
import * as Plot from "@observablehq/plot";
import { Ledger } from "./readback.js";

const GAP = 28;
const SVG = "http://www.w3.org/2000/svg";

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// One sample of each look, beside its words: colour never stands alone.
function swatch(look) {
  const svg = shape("svg", { width: 30, height: 14, viewBox: "0 0 30 14", "aria-hidden": "true" });
  if (look.area || look.fill) {
    const height = look.fill ? 12 : 14;
    const fill = look.area ?? look.fill;
    const box = shape("rect", { x: 0, y: (14 - height) / 2, width: 30, height, class: look.className ?? "" });
    box.style.fill = fill;
    if (look.opacity) box.style.fillOpacity = look.opacity;
    svg.append(box);
  }
  if (look.stroke) {
    const line = shape("line", { x1: 0, x2: 30, y1: 7, y2: 7, "stroke-width": look.width ?? 2 });
    line.style.stroke = look.stroke;
    if (look.dash) line.setAttribute("stroke-dasharray", look.dash);
    svg.append(line);
  }
  if (look.dot) {
    const dot = shape("circle", { cx: 15, cy: 7, r: 4, "stroke-width": 1.75 });
    dot.style.fill = look.hollow ? "var(--paper)" : look.dot;
    dot.style.stroke = look.dot;
    svg.append(dot);
  }
  return svg;
}

export function legend(entries) {
  const list = element("ul", "legend");
  for (const entry of entries) list.append(element("li", "", swatch(entry), entry.label));
  return list;
}

export function eventKey(events) {
  const list = element("ul", "event-key");
  for (const event of events) list.append(element("li", "", element("b", "", event.letter), ` ${event.words}`));
  return list;
}

export function grid(panels, columns, width, describe) {
  const box = element("div", "panels");
  box.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  box.style.columnGap = `${GAP}px`;
  const inner = Math.floor((width - GAP * (columns - 1)) / columns);
  const plots = panels.map((panel) => {
    const ledger = new Ledger();
    const svg = plotOf(panel, inner, ledger, describe);
    const holder = element("div", "panel");
    if (panel.title || panel.unit) {
      const unit = element("span", "unit", panel.unit ?? "");
      holder.append(panel.title ? element("h4", "", panel.title, " ", unit) : element("p", "unit small", panel.unit));
    }
    holder.append(svg);
    box.append(holder);
    return { svg, ledger };
  });
  return { box, plots };
}

function plotOf(panel, width, ledger, describe) {
  const svg = Plot.plot({
    ...panel.options(width, ledger),
    width,
    style: { background: "transparent", color: "inherit", fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
  });
  // Labels that say only what a mark is would be read aloud one by one; the whole drawing is one picture.
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", describe(panel));
  return svg;
}

export function assemble(...parts) {
  return element("div", "", ...parts.filter(Boolean));
}
