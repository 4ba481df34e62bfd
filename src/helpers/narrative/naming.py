"""The names a template sees: every table, row and indicator of this year and, where it is at hand, of last year."""

from __future__ import annotations

from helpers.chinese import numeral, unnumbered
from helpers.narrative.scope import Absent, NoYear, Scope, Unknown, blank
from helpers.narrative.values import FigureError, figure
from helpers.report import AnnualReport

CONTACT = ("office", "address", "postcode", "telephone", "email")


class Names:
    """Everything a template can name, by dotted path."""

    def __init__(self, report: AnnualReport) -> None:
        self.figures: dict[str, object] = {}
        self.scopes: set[str] = {"indicators", "contact"}
        self.labels: dict[str, str] = {}
        self._add_year(report, "")
        if report.previous is not None:
            self.scopes |= {"last_year", "last_year.indicators"}
            self._add_year(report.previous, "last_year.")
        else:
            self.figures["last_year"] = _no_year(report.year - 1)
        self._add_body(report)

    def at(self, path: str) -> object:
        """The figure, text or scope at `path`, or an Unknown that says which name was meant."""
        if path in self.scopes:
            return Scope(path, self)
        return self.figures[path] if path in self.figures else Unknown(path, self)

    def stated(self, *paths: str) -> bool:
        """Whether all of `paths` exist in this report's form and are stated; what the defaults ask."""
        return all(path in self.figures and not isinstance(self.figures[path], Absent) for path in paths)

    def top(self) -> dict[str, object]:
        """The names a template starts from."""
        paths = [*self.figures, *self.scopes]
        return {path: self.at(path) for path in sorted({path.partition(".")[0] for path in paths})}

    def _add_year(self, report: AnnualReport, prefix: str) -> None:
        form = report.form
        self.figures[f"{prefix}year"] = report.year
        for address in (*form.cells, *(cell for cell in report.cells if cell not in form.cells)):
            self._add_figure(report, prefix, address)
        # A group of rows has no cells of its own: its name in a column is the sum of what is below.
        for address in form.groups:
            self._add_figure(report, prefix, address)
        rows = {row: heading for row, heading in form.headings.items() if heading.role in ("row", "group")}
        self.labels |= {f"{prefix}{row}": heading.name for row, heading in rows.items()}
        for item in report.indicators.values():
            value = figure(item.value, item.unit, item.label, item.group)
            self.figures[f"{prefix}indicators.{item.id}"] = value

    def _add_figure(self, report: AnnualReport, prefix: str, address: str) -> None:
        row, _, _ = address.rpartition(".")
        parts = f"{prefix}{row}".split(".")
        self.scopes |= {".".join(parts[: depth + 1]) for depth in range(len(parts))}
        try:
            value = report.value(address)
        except KeyError:
            value = None
        cells, below = report.form.cells, report.form.group(address)
        cell = cells.get(address) or cells.get(below[0] if below else "")
        label = unnumbered(report.form.label(row))
        path = f"{prefix}{address}"
        where = f"“{label}” in {address.partition('.')[0]}.csv" + (f" of {report.year}" if prefix else "")
        self.figures[path] = blank(path, where) if value is None else figure(value, cell.unit if cell else "", label)

    def _add_body(self, report: AnnualReport) -> None:
        body = report.body
        self.figures |= {"body": body.name, "name": body.short or body.name}
        self.figures["site"] = body.site or blank("site", "`site` in county.yml")
        for key in (*CONTACT, *(key for key in body.contact if key not in CONTACT)):
            path = f"contact.{key}"
            self.figures[path] = body.contact.get(key) or blank(path, f"`contact: {key}` in county.yml")
        self.figures["document"] = report.form.spec.document
        self.figures["sections"] = [unnumbered(section.heading) for section in report.form.sections]
        self.figures["section_count"] = numeral(len(report.form.sections))
        self.figures["groups"] = list(dict.fromkeys(item.group for item in report.indicators.values()))


def _no_year(year: int) -> NoYear:
    problem = FigureError(
        f"a report on {year} to compare with",
        "no folder for that year",
        "Write `{% if last_year %}` around the sentence, or add last year's folder.",
    )
    return NoYear(lambda: problem, stated=False)
