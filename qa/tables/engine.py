"""Turns a question into a query over a report's tables, or leaves it to the text."""

from __future__ import annotations

from corpus.document import Document, Row, Table
from corpus.relations import Finding, table_findings
from qa.held import asks_for_a_name
from qa.tables.country_tables import country_tables
from qa.tables.labelled import LabelledParser
from qa.tables.nationals import NationalsParser
from qa.tables.query import Slot, TableQuery, TableRefusal


class TableEngine:
    """Answers questions to a report's tables.

    Args:
        document: The report.
    """

    def __init__(self, document: Document) -> None:
        self._findings = findings_by_cell(document.tables)
        by_country = {id(found.table) for found in country_tables(document)}
        others = [table for table in document.tables if id(table) not in by_country]
        self._labelled = LabelledParser(others, self._slot, document.metadata.year)
        self._nationals = NationalsParser(document, self._slot)

    def parse(self, question: str) -> TableQuery | TableRefusal | None:
        """Return what a question asks of the tables, why they do not give it, or ``None`` if it is for the text.

        A figure that a table prints is taken before one that would have to be added up.
        """
        if asks_for_a_name(question):
            # Tables count people and name none.
            return None
        printed = self._labelled.parse(question)
        if printed is not None:
            return printed.query
        return self._nationals.parse(question)

    def _slot(self, table: Table, row: Row, column: int) -> Slot:
        return Slot(table, row, column, self._findings.get((id(table), row.start, column)))


def findings_by_cell(tables: tuple[Table, ...]) -> dict[tuple[int, int, int], Finding]:
    """Return the audit's findings by table, row and column."""
    found = {}
    for table in tables:
        rows = {row.label: row for row in table.rows}
        columns = {column.label: number for number, column in enumerate(table.columns)}
        for finding in table_findings(table):
            found[id(table), rows[finding.row].start, columns[finding.column]] = finding
    return found
