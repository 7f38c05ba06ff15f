"""Linear programmes of the size of a bargaining table, solved in whole numbers, without rounding.

A float is a fraction, so nothing is lost on the way in. What binds and what does not is then a matter of fact, which
the nucleolus needs to know and a tolerance cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Number = int | float | Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class Optimum:
    """The best point of a linear programme, exactly.

    Args:
        value: of the objective.
        point: of every variable; price: of every row, at least 0; a row with a price above 0 binds in every optimum.
    """

    value: Fraction
    point: tuple[Fraction, ...]
    price: tuple[Fraction, ...]


def maximise(objective: Sequence[Number], rows: Sequence[Sequence[Number]], limits: Sequence[Number]) -> Optimum | None:
    """Maximise ``objective . x`` over ``rows x <= limits``, ``x >= 0``; None where no point meets the rows.

    The simplex method on integers: every entry of the table is a determinant over one common divisor, so each pivot
    divides without remainder (Edmonds, Bareiss). The variable of lowest number enters and leaves, which cannot cycle
    (Bland). An artificial variable, taken out again, finds the first point.

    Args:
        objective, rows, limits: finite numbers; floats count as the fractions they are.

    Raises:
        ValueError: the objective has no bound.

    Source: bland1977, bareiss1968

    Example:
        >>> maximise([1, 1], [[1, 2], [3, 1]], [4, 6])
        Optimum(value=Fraction(14, 5), point=(Fraction(8, 5), Fraction(6, 5)), price=(Fraction(2, 5), Fraction(1, 5)))
    """
    table = _Table.of(objective, rows, limits)
    if not table.is_met() and not table.find_point():
        return None
    if not table.climb(table.objective_row):
        message = "the objective has no bound"
        raise ValueError(message)
    return table.read()


class _Table:
    """A table of whole numbers over one divisor: rows, the objective, and the objective of the search for a point."""

    def __init__(self, cells: list[list[int]], columns: int, scale: tuple[int, int]) -> None:
        self.cells = cells  # rows, then the objective; columns, then the limit
        self.divisor = 1
        self.columns = columns
        self.scale = scale
        self.basis = list(range(columns, columns + len(cells) - 1))  # variable of each row
        self.outside = list(range(columns))  # variable of each column
        self.objective_row = len(cells) - 1

    @classmethod
    def of(cls, objective: Sequence[Number], rows: Sequence[Sequence[Number]], limits: Sequence[Number]) -> _Table:
        """Clear fractions: one factor for all rows, one for the objective."""
        exact = [[Fraction(each) for each in (*row, limit)] for row, limit in zip(rows, limits, strict=True)]
        aim = [Fraction(each) for each in objective]
        factor = lcm(*(each.denominator for row in exact for each in row))
        other = lcm(*(each.denominator for each in aim))
        cells = [[int(each * factor) for each in row] for row in exact]
        cells.append([*(int(-each * other) for each in aim), 0])
        return cls(cells, len(aim), (factor, other))

    def is_met(self) -> bool:
        """Tell whether the present point meets every row."""
        return all(row[-1] >= 0 for row in self.cells[: self.objective_row])

    def pivot(self, row: int, column: int) -> None:
        """Bring the variable of a column in for that of a row."""
        line = self.cells[row]
        by = line[column]
        sign = 1 if by > 0 else -1
        for number, other in enumerate(self.cells):
            if number != row:
                head = other[column]
                cells = [(each * by - head * mine) // self.divisor for each, mine in zip(other, line, strict=True)]
                cells[column] = -head
                self.cells[number] = cells if sign > 0 else [-each for each in cells]
        line[column] = self.divisor
        if sign < 0:
            self.cells[row] = [-each for each in line]
        self.divisor = abs(by)
        self.basis[row], self.outside[column] = self.outside[column], self.basis[row]

    def climb(self, aim: int) -> bool:
        """Pivot until no column improves the row ``aim``; False if nothing holds it."""
        while True:
            able = [at for at, cell in enumerate(self.cells[aim][:-1]) if cell < 0]
            if not able:
                return True
            column = min(able, key=self.outside.__getitem__)
            row = self._leaving(column)
            if row is None:
                return False
            self.pivot(row, column)

    def _leaving(self, column: int) -> int | None:
        """Return the row that falls to zero first as a column enters; of those that tie, the lowest variable."""
        found: int | None = None
        for row in range(self.objective_row):
            head = self.cells[row][column]
            if head <= 0:
                continue
            if found is not None:
                ahead = self.cells[row][-1] * self.cells[found][column] - self.cells[found][-1] * head
                if ahead > 0 or (ahead == 0 and self.basis[row] > self.basis[found]):
                    continue
            found = row
        return found

    def find_point(self) -> bool:
        """Find a first point by lowering one artificial variable that relaxes every row; False if it stays above 0."""
        artificial = self.columns + len(self.basis)
        worst = min(range(self.objective_row), key=lambda row: self.cells[row][-1])
        for row in self.cells:
            row.insert(-1, -1)
        self.cells[self.objective_row][-2] = 0
        self.outside.append(artificial)
        self.cells.append([*([0] * (len(self.outside) - 1)), 1, 0])
        self.pivot(worst, len(self.outside) - 1)
        self.climb(self.objective_row + 1)
        is_found = self.cells[-1][-1] == 0
        if is_found and artificial in self.basis:  # at zero: any column that moves it may take its place
            row = self.basis.index(artificial)
            able = [at for at, cell in enumerate(self.cells[row][:-1]) if cell != 0]
            self.pivot(row, able[0])
        self.cells.pop()
        if is_found:
            column = self.outside.index(artificial)
            for row in self.cells:
                del row[column]
            del self.outside[column]
        return is_found

    def read(self) -> Optimum:
        """Return what stands in the table."""
        factor, other = self.scale
        aim = self.cells[self.objective_row]
        point = [Fraction(0)] * self.columns
        for row, variable in enumerate(self.basis):
            if variable < self.columns:
                point[variable] = Fraction(self.cells[row][-1], self.divisor)
        price = [Fraction(0)] * len(self.basis)
        for column, variable in enumerate(self.outside):
            if variable >= self.columns:
                price[variable - self.columns] = Fraction(aim[column] * factor, self.divisor * other)
        return Optimum(value=Fraction(aim[-1], self.divisor * other), point=tuple(point), price=tuple(price))
