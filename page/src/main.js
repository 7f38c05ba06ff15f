// Draws every chart of the payload and lets tests and readers take the drawn numbers back out.
import { draw } from "./draw.js";
import { plottedRows, measuredPoints } from "./readback.js";
import { rowsOf, saveButtons } from "./tables.js";

const payload = JSON.parse(document.getElementById("payload").textContent);
const drawn = new Map();

function drawChart(chart) {
  const figure = document.getElementById(`chart-${chart.id}`);
  const stage = figure.querySelector(".drawing");
  const width = Math.floor(stage.getBoundingClientRect().width);
  const known = drawn.get(chart.id);
  if (!width || known?.width === width) return;
  const panels = draw(chart, rowsOf(payload, chart), width, payload.names);
  stage.replaceChildren(panels.element);
  drawn.set(chart.id, { width, plots: panels.plots });
}

function drawAll() {
  for (const chart of payload.charts) drawChart(chart);
}

let waiting = 0;
function drawSoon() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(drawAll);
}

saveButtons(payload);
drawAll();
new ResizeObserver(drawSoon).observe(document.getElementById("main"));
addEventListener("beforeprint", drawAll);

// What a chart shows, read from the shapes on the screen: `plotted` the rows behind them,
// `measured` the numbers their positions stand for.
window.chokepoint = Object.freeze({
  charts: Object.freeze(payload.charts.map((chart) => chart.id)),
  plotted: (id) => plottedRows(drawn.get(id).plots),
  measured: (id) => measuredPoints(drawn.get(id).plots),
});
