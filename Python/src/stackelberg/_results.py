"""Results of the program: values, and tables with their units."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional, Union

from ._program import said_json

if TYPE_CHECKING:
    import pandas
    import polars

Cell = Union[int, float, str, None]


class Table(Mapping[str, "list[Cell]"]):
    """A table of a result: columns by name, and their units.

    >>> table["value"], table.units["value"]
    """

    _heading = re.compile(r"(?P<name>.*?) \[(?P<unit>.*)\]")

    def __init__(self, columns: dict[str, list[Cell]], units: dict[str, str]):
        self.columns = columns
        #: Of columns that have one.
        self.units = units

    @classmethod
    def read(cls, path: Path) -> Table:
        with open(path, newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            cells = list(zip(*rows)) or [()] * len(header)
        columns: dict[str, list[Cell]] = {}
        units: dict[str, str] = {}
        for heading, column in zip(header, cells):
            found = cls._heading.fullmatch(heading)
            name = found["name"] if found else heading
            if found:
                units[name] = found["unit"]
            columns[name] = _typed(column)
        return cls(columns, units)

    def __getitem__(self, name: str) -> list[Cell]:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        """How many columns."""
        return len(self.columns)

    @property
    def rows(self) -> list[dict[str, Cell]]:
        return [dict(zip(self.columns, row)) for row in zip(*self.columns.values())]

    def to_pandas(self) -> pandas.DataFrame:
        """As a DataFrame of pandas, which must be installed; units are in its `attrs`."""
        import pandas

        frame = pandas.DataFrame(self.columns)
        frame.attrs["units"] = dict(self.units)
        return frame

    def to_polars(self) -> polars.DataFrame:
        """As a DataFrame of polars, which must be installed."""
        import polars

        return polars.DataFrame(self.columns)

    def _repr_html_(self) -> str:
        def row(cells: list[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

        heads = [f"{name} [{self.units[name]}]" if name in self.units else name for name in self.columns]
        body = [["" if cell is None else str(cell) for cell in cells] for cells in zip(*self.columns.values())]
        shown = body if len(body) <= 60 else [*body[:30], ["…"] * len(heads), *body[-30:]]
        return "<table>" + row(heads, "th") + "".join(row(cells, "td") for cells in shown) + "</table>"


def _typed(column: tuple[str, ...]) -> list[Cell]:
    """Whole numbers where all cells are such, else numbers, else texts; empty cells are None."""
    for kind in (int, float):
        try:
            return [kind(cell) if cell else None for cell in column]
        except ValueError:
            continue
    return [cell or None for cell in column]


class Result(Mapping[str, Any]):
    """What a command found: its values by name, as in its JSON, and the tables of its folder.

    >>> result["payoff"], result.tables, result.table("prices")
    """

    def __init__(self, values: Mapping[str, Any], folder: Path):
        self._values = dict(values)
        #: Tables, page and manifest.
        self.folder = folder

    @classmethod
    def of(cls, printed: str) -> Result:
        """From the JSON that the program printed."""
        values = said_json(printed)
        return cls(values, Path(values.pop("folder")))

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def payoff(self) -> Optional[float]:
        """What the operator gets; None where nobody is led."""
        return self.get("payoff")

    @property
    def tables(self) -> list[str]:
        """The names of the tables."""
        return sorted(file.stem for file in self.folder.glob("*.csv"))

    def table(self, name: str) -> Table:
        if name not in self.tables:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self.tables) or 'none'}")
        return Table.read(self.folder / f"{name}.csv")

    @property
    def page(self) -> Path:
        """The whole result as one page for a browser."""
        return self.folder / "report.html"

    def __repr__(self) -> str:
        return f"Result(payoff={self.payoff}, folder={str(self.folder)!r})"
