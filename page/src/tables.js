// Tables of the payload as rows, and as CSV for whoever wants to go on with them.

const MONTH = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;

// A row of a chart: role -> value. Months become dates on a hidden role, the text stays readable.
export function rowsOf(payload, chart) {
  const table = payload.tables[chart.table];
  const place = new Map(table.columns.map((column, index) => [column.name, index]));
  const roles = Object.entries(chart.encoding).map(([role, name]) => [role, place.get(name)]);
  return table.rows.map((cells) => Object.fromEntries(roles.map(([role, index]) => [role, cells[index]])));
}

export function dateOf(text) {
  const match = MONTH.exec(text);
  return match ? new Date(Date.UTC(+match[1], +match[2] - 1, match[3] ? +match[3] : 1)) : null;
}

function quoted(value) {
  if (value === null) return "";
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvOf(table) {
  const lines = [table.columns.map((column) => column.name), ...table.rows];
  return lines.map((cells) => cells.map(quoted).join(",")).join("\n") + "\n";
}

export function saveButtons(payload) {
  for (const button of document.querySelectorAll("button.as-csv")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const address = URL.createObjectURL(new Blob([csvOf(payload.tables[button.dataset.table])], { type: "text/csv" }));
      const link = Object.assign(document.createElement("a"), { href: address, download: `${button.dataset.table}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
  }
}
