// Takes drawn numbers back out of the shapes: each mark carries a class that the ledger gave it, and every
// shape in it the index of its row, which the plotting library leaves there after dropping what cannot be drawn.

export class Ledger {
  #entries = [];

  // The class for a mark that draws these rows in this role.
  tag(mark, rows) {
    this.#entries.push({ mark, rows });
    return `drawn-${this.#entries.length - 1}`;
  }

  groupsIn(svg) {
    return this.#entries.flatMap((entry, index) =>
      [...svg.querySelectorAll(`.drawn-${index}`)].map((group) => ({ ...entry, group })),
    );
  }
}

function indicesOf(shape) {
  const bound = shape.__data__;
  return (Array.isArray(bound) ? bound : [bound]).filter((index) => Number.isInteger(index) && index >= 0);
}

function shapesOf(group) {
  return [...group.querySelectorAll("path, rect, circle, line")].filter((shape) => shape.__data__ !== undefined);
}

export function plottedRows(plots) {
  return plots.flatMap((plot) =>
    plot.ledger.groupsIn(plot.svg).flatMap(({ group, mark, rows }) =>
      shapesOf(group).flatMap((shape) => indicesOf(shape).map((index) => ({ mark, ...rows[index].source }))),
    ),
  );
}

// Circles and bars only: their place or length, turned back into numbers by the scale of their axis.
export function measuredPoints(plots) {
  return plots.flatMap((plot) => {
    const [x, y] = [plot.svg.scale("x"), plot.svg.scale("y")];
    return plot.ledger.groupsIn(plot.svg).flatMap(({ group, mark, rows }) =>
      shapesOf(group)
        .filter((shape) => shape.tagName === "circle" || shape.tagName === "rect")
        .map((shape) => {
          const row = rows[indicesOf(shape)[0]].source;
          const at = (name) => Number(shape.getAttribute(name));
          const value =
            shape.tagName === "circle" ? y.invert(at("cy")) : x.invert(at("x") + at("width")) - x.invert(at("x"));
          return { mark, value, ...row };
        }),
    );
  });
}
