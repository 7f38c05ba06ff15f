"""Months as the model counts them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month.

    Example:
        >>> Month.read("2025-04").plus(9)
        Month(year=2026, number=1)
        >>> str(Month(2025, 4)), Month(2025, 4).days
        ('2025-04', 30)
    """

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Month:
        """Read ``YYYY-MM``.

        Raises:
            ValueError: the text is no month.
        """
        first = date.fromisoformat(f"{text}-01")
        return cls(first.year, first.month)

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def days(self) -> int:
        """Its length in days."""
        return calendar.monthrange(self.year, self.number)[1]

    def plus(self, months: int) -> Month:
        """Return the month so many months later."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def until(self, later: Month) -> int:
        """Count the months to a later one."""
        return (later.year - self.year) * 12 + later.number - self.number

    def day_list(self) -> list[date]:
        """Return its days."""
        return [self.first_day + timedelta(days=number) for number in range(self.days)]

    def __str__(self) -> str:
        """Return ``YYYY-MM``."""
        return f"{self.year:04d}-{self.number:02d}"
