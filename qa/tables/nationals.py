"""Questions to tables whose rows are countries: people by nationality, grade and sex.

The parser answers only when it can account for every word of the question that carries meaning; otherwise it
leaves the question to the text. Countries make the rows; columns are found by heading and note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.document import Document, Row, Table
from qa.countries import folded, mentioned
from qa.followup import content_words
from qa.tables.country_tables import CountryTable, Selection, country_tables, described, plain_categories
from qa.tables.query import Comparator, Condition, Operand, Operation, Slot, TableQuery, TableRefusal
from qa.tables.words import (
    AVERAGE,
    CATEGORY_WORDS,
    COMPARISON,
    DIFFERENCE,
    FEWEST,
    MEN,
    MOST,
    NONE,
    QUANTITY,
    RANK,
    SHARE,
    STAFF,
    TOTAL,
    WOMEN,
    asked_columns,
    comparators,
    grades,
    top_k,
)

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MEMBERS_ONLY = re.compile(r"\b(?:member states?|etats? membres?|estados? miembros?)\b")
_OTHERS_ONLY = re.compile(r"\b(?:non ?member|observer)(?: states?)?\b")
_ROWS = (
    r"(?:countries|country|nationalit(?:y|ies)|member states?|states|passports?|"
    r"pays|nationalites?|etats|paises|pais|nacionalidad(?:es)?|estados)"
)
_COUNT_ROWS = re.compile(
    rf"\b(?:how many|number of|for how many|combien d[e']|cuant[oa]s)\b(?: \w+){{0,4}}? {_ROWS}\b|"
    rf"\bcombien de {_ROWS}\b"
)
_LIST_ROWS = re.compile(
    rf"\b(?:which|what|list|name|top|quel(?:le)?s?|que|cual(?:es)?|the) ?(?:\w+ ){{0,5}}?{_ROWS}\b|^{_ROWS}\b|"
    r"\bwho has the (?:most|fewest)\b"
)
# Where the organization works is no question of nationality.
_PRESENCE = re.compile(
    r"\b(?:work(?:s|ed|ing)?|operat(?:e|es|ed|ing|ions?)|active|present|presence|offices?|missions?) in\b|"
    r"\bin how many (?:countries|states)\b"
)
_ABOUT_STAFF = re.compile(
    STAFF.pattern + r"|\b(nationals?|nationalit\w+|citizens?|passports?|nobody|people|women|men|represented|"
    r"personal|personnel|empleados?|empleadas?|nacional\w*|ressortissants?|femmes?|hommes?|mujeres|hombres)\b"
)
_INTERROGATIVE = re.compile(
    r"\b(who|whom|whose|where|when|why|how|what|which|does|did|qui|ou|quand|pourquoi|comment|quien)\b"
)
# What a question about such a table may have besides names, headings and operations.
_EXPECTED = frozenset(
    """
    contract contracts taken nacionalidad nacionalidades here staff staffs employee employees people person persons
    national nationals nationality nationalities citizen citizens passport passports holder holders hold holding
    headcount colleague colleagues worker workers work works working employ employed employs serve serving iom oim
    organization organisation count total overall altogether many number category categories grade grades level
    levels officer officers position service member members state states country countries table tables annex
    annexes across sex gender combined together plus sum posts post others other both types type all kinds among
    represented figure figures show shows showing currently now end come comes coming from single positions or whole
    between either respectively their same with does did personnes personas personnel personal empleados empleadas
    employes combien cuantos cuantas trabajan trabaja travaillent travaille nationalite outnumber outnumbered
    outnumbers average mean moyenne promedio rank ranks ranked more fewer less than share shares percentage percent
    cent per proportion fraction difference gap most largest highest biggest top fewest least lowest smallest zero
    none without one any give gives given list name which what where place terms greater exactly only just over
    under above below exceed exceeds exceeding tell get non observer represent representing leading bottom nobody
    compared compare versus has have having ones recruited hired staffed contribute contributes supply supplies
    provide provides make makes up account accounts made much equal equals parity dans chez quelle quel quels
    quelles sont entre ont que est nacionales nacional paises pais tienen hay effectif fonctionnaires agents tenemos
    avons nous compte cuenta tiene como nationalites ciudadanos ciudadanas ciudadano fonctionnaire funcionarios
    empleado origine nombre cual del staffing pays etats estados miembros membres worldwide bigger larger smaller
    higher lower workforce team parmi
    """.split()
)


class NationalsParser:
    """Understands questions to a report's tables by country.

    Args:
        document: The report.
        slot: Makes a cell reference, with what the audit knows about the cell.
    """

    def __init__(self, document: Document, slot: Callable[[Table, Row, int], Slot]) -> None:
        self._year = document.metadata.year
        self._organization = folded(document.metadata.organization)
        self._tables = country_tables(document)
        self._slot = slot

    def parse(self, question: str) -> TableQuery | TableRefusal | None:
        """Return what a question asks of the tables, why they do not give it, or ``None`` if it is for the text."""
        question = self._without_brackets(question)
        text = plain_categories(question)
        countries = mentioned(re.sub(r"\b[A-Z]{1,2}-?[A-D\d]\b", " ", question))
        if not self._tables:
            return None
        about_rows = bool(_COUNT_ROWS.search(text) or _LIST_ROWS.search(text))
        whole = self._selection(text)
        if not (
            countries
            or about_rows
            or whole.columns
            or (whole.named and (whole.women or whole.men or TOTAL.search(text)))
            or (STAFF.search(text) and (whole.women or whole.men))
        ):
            return None
        if not countries and _PRESENCE.search(text):
            return None
        if self._unexplained(whole.rest, countries) or _names_a_place(text, countries):
            return None
        others = [year for year in _YEAR.findall(text) if int(year) != self._year]
        if others:
            return TableRefusal(f"the tables by nationality are for {self._year}, not {others[0]}")
        if self._mixes(whole):
            return TableRefusal("sex is given for each nationality in all, not for each grade")
        if whole.columns is None and grades(text):
            return TableRefusal("no table by nationality has that grade")
        if countries and not (about_rows and self._is_list(text)):
            return self._by_country(text, countries, whole)
        return self._by_rows(text, whole) if about_rows else self._over_rows(text, whole)

    def _is_list(self, text: str) -> bool:
        return bool(comparators(text) or MOST.search(text) or FEWEST.search(text)) and not RANK.search(text)

    @staticmethod
    def _mixes(found: Selection) -> bool:
        return found.columns is not None and (found.women or found.men)

    def _without_brackets(self, question: str) -> str:
        """Shorten a row's full label, such as "Bolivia (Plurinational State of)", to what stands before the bracket."""
        for found in self._tables:
            for row in found.rows.values():
                if "(" in row.label and row.label in question:
                    question = question.replace(row.label, row.label.split("(")[0].strip())
        return question

    def _selection(self, text: str) -> Selection:
        """Return what a phrase picks: tables by category, columns by grade or sex."""
        named = [title for pattern, title in CATEGORY_WORDS if re.search(rf"\b(?:{pattern})\b", text)]
        chosen = [t for t in self._tables if any(title in folded(t.table.title) for title in named)]
        columns: dict[int, tuple[int, ...]] = {}
        rest = text
        for found in chosen or self._tables:
            asked = asked_columns(text, found.table)
            if asked is not None:
                columns[id(found.table)] = asked[0]
                rest = asked[1]
        tables = [t for t in (chosen or self._tables) if not columns or id(t.table) in columns]
        if _OTHERS_ONLY.search(text) and not re.search(r"\b(plus|and|all|both)\b", text):
            tables = [t for t in tables if not t.members] or tables
        elif _MEMBERS_ONLY.search(text) and not re.search(r"\b(non|others?|observer)\b", text):
            tables = [t for t in tables if t.members] or tables
        return Selection(
            tuple(tables),
            columns or None,
            bool(WOMEN.search(text)),
            bool(MEN.search(text)),
            bool(named) or bool(columns),
            rest,
        )

    def _unexplained(self, rest: str, countries: tuple[tuple[str, frozenset[str]], ...]) -> list[str]:
        """Return the words of a question that neither names, headings nor operations account for."""
        for name, _ in countries:
            rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
        for category, _ in CATEGORY_WORDS:
            rest = re.sub(rf"\b(?:{category})\b", " ", rest)
        for pattern in (WOMEN, MEN, MOST, FEWEST, RANK, NONE, DIFFERENCE, AVERAGE, TOTAL, SHARE):
            rest = pattern.sub(" ", rest)
        for _, _, words in comparators(rest):
            rest = rest.replace(words, " ")
        rest = re.sub(r"\b(higher|and|five|three|four|ten|two|six)\b|\d+", " ", rest)
        return [
            word
            for word in content_words(rest)
            if word not in _EXPECTED and not word.isdigit() and word != self._organization
        ]

    # Cells.

    def _columns(self, found: CountryTable, picked: Selection) -> tuple[int, ...]:
        if picked.columns is not None:
            return picked.columns.get(id(found.table), ())
        if picked.one_sex:
            sex = found.women if picked.women else found.men
            return () if sex is None else (sex,)
        return (found.total,)

    def _country(self, code: str, picked: Selection) -> Operand:
        """Return a country's figure in the picked columns, over all picked tables that list it."""
        rows = [(found, found.rows[code]) for found in picked.tables if code in found.rows]
        slots = tuple(
            self._slot(found.table, row, column) for found, row in rows for column in self._columns(found, picked)
        )
        label = rows[0][1].label if rows else next(t.rows[code].label for t in self._tables if code in t.rows)
        return Operand(label, slots)

    def _everybody(self, picked: Selection) -> Operand:
        """Return the sum over all rows: of the printed totals, or of the rows of a table without them."""
        slots: list[Slot] = []
        for found in picked.tables:
            totals = [row for row in found.table.rows if row.is_total]
            rows = totals if len(totals) == 1 else [row for row in found.table.rows if not row.is_total]
            slots.extend(
                self._slot(found.table, row, column) for column in self._columns(found, picked) for row in rows
            )
        return Operand(described(picked), tuple(slots))

    def _codes(self, tables: Iterable[CountryTable]) -> list[str]:
        found = list(tables)
        return list(dict.fromkeys(code for table in found for code in table.rows))

    # One or more countries.

    def _by_country(
        self, text: str, countries: tuple[tuple[str, frozenset[str]], ...], whole: Selection
    ) -> TableQuery | TableRefusal | None:
        codes = self._listed_codes(countries)
        if isinstance(codes, TableRefusal):
            return codes
        if RANK.search(text) and len(codes) == 1:
            return self._ranked(text, codes[0], whole)
        if SHARE.search(text):
            return self._share(text, codes, whole)
        if len(codes) == 1:
            return self._one_country(text, codes[0], whole)
        return self._several(text, codes, whole)

    def _listed_codes(self, countries: tuple[tuple[str, frozenset[str]], ...]) -> list[str] | TableRefusal:
        """Return the codes of the countries named, each once, or why one of them cannot be looked up."""
        listed = {code for found in self._tables for code in found.rows}
        codes: list[str] = []
        for name, meant in countries:
            own = meant & listed
            if len(own) != 1:
                reason = f"no table lists {name.title()}" if not own else f"{name.title()} may mean several countries"
                return TableRefusal(reason)
            codes.append(next(iter(own)))
        return list(dict.fromkeys(codes))

    def _several(self, text: str, codes: list[str], whole: Selection) -> TableQuery | TableRefusal:
        """Return what is asked of two or more countries."""
        operands = tuple(self._country(code, whole) for code in codes)
        if not all(operand.slots for operand in operands):
            return TableRefusal("no table has that row and column")
        subject = described(whole)
        alternatives = re.search(r"\b(or|ou|o)\b", text)
        if AVERAGE.search(text):
            operation = Operation.AVERAGE
        elif len(operands) == 2 and alternatives and COMPARISON.search(text):
            operation = Operation.COMPARISON
        elif MOST.search(text) and alternatives:
            operation = Operation.MAXIMUM
        elif DIFFERENCE.search(text) and len(operands) == 2:
            operation = Operation.DIFFERENCE
        else:
            operation = Operation.SUM if TOTAL.search(text) else Operation.VALUES
        return TableQuery(operation, operands, subject)

    def _one_country(self, text: str, code: str, whole: Selection) -> TableQuery | TableRefusal | None:
        operand = self._country(code, whole)
        if not operand.slots:
            return TableRefusal("no table has that row and column")
        subject = operand.label
        between = self._contrasted(text, code, whole)
        if between is not None:
            compared = re.search(r"\bor\b", text) and not re.search(r"\bhow many\b", text)
            if compared and COMPARISON.search(text):
                return TableQuery(Operation.COMPARISON, between, subject)
            if DIFFERENCE.search(text):
                return TableQuery(Operation.DIFFERENCE, between, subject)
            if whole.women and whole.men and not TOTAL.search(text):
                return TableQuery(Operation.VALUES, between, subject)
        if DIFFERENCE.search(text) or COMPARISON.search(text):
            return None
        return TableQuery(Operation.CELL if len(operand.slots) == 1 else Operation.SUM, (operand,), subject)

    def _contrasted(self, text: str, code: str, whole: Selection) -> tuple[Operand, ...] | None:
        """Return a country's two sexes or two categories, in the order in which the question names them."""
        if whole.women and whole.men:
            sexes = [
                (WOMEN.search(text), replace(whole, men=False), "women"),
                (MEN.search(text), replace(whole, women=False), "men"),
            ]
            sexes.sort(key=lambda item: item[0].start() if item[0] else 0)
            return tuple(replace(self._country(code, picked), label=label) for _, picked, label in sexes)
        titles = list(dict.fromkeys(found.table.title for found in whole.tables))
        named = sum(bool(re.search(rf"\b(?:{pattern})\b", text)) for pattern, _ in CATEGORY_WORDS)
        if len(titles) == 2 and named == 2:
            parts = [replace(whole, tables=tuple(t for t in whole.tables if t.table.title == x)) for x in titles]
            return tuple(
                replace(self._country(code, part), label=part.tables[0].table.label) for part in parts if part.tables
            )
        return None

    def _ranked(self, text: str, code: str, whole: Selection) -> TableQuery | None:
        operands = tuple(self._country(each, whole) for each in self._codes(whole.tables))
        own = self._country(code, whole)
        return TableQuery(Operation.RANK, operands, described(whole), of=own.label)

    def _share(self, text: str, codes: list[str], whole: Selection) -> TableQuery | TableRefusal | None:
        """Return part and whole: what is asked, in what follows "of" in the question."""
        if len(codes) != 1:
            return None
        part = self._country(codes[0], whole)
        if whole.bounded and not self._country_is_predicate(text):
            base = self._country(codes[0], replace(whole, columns=None, women=False, men=False))
        else:
            base = self._everybody(whole)
        if not part.slots or not base.slots:
            return TableRefusal("no table has that row and column")
        return TableQuery(Operation.SHARE, (part, base), part.label)

    @staticmethod
    def _country_is_predicate(text: str) -> bool:
        """Whether the country is what is said of the whole: "what share of women internationals are Kenyans"."""
        halves = re.split(
            r"\b(?:are|is|come from|comes from|were|hold|holds|sont|viennent|son|come|made up of)\b", text, maxsplit=1
        )
        return len(halves) == 2 and not mentioned(halves[0]) and bool(mentioned(halves[1]))

    # All rows.

    def _by_rows(self, text: str, whole: Selection) -> TableQuery | TableRefusal | None:
        """Return a query for rows: how many or which pass a test, who has the most."""
        counted = bool(_COUNT_ROWS.search(text))
        # "How many Member States are there?" asks nothing of the staff.
        if counted and not (whole.named or _ABOUT_STAFF.search(text)):
            return None
        k = top_k(text)
        conditions = self._conditions(text, whole)
        ranking = MOST.search(text) or FEWEST.search(text)
        if ranking and not counted and not any(comparators(text)) and not _more_of_one_sex(text):
            operands = tuple(self._country(code, whole) for code in self._codes(whole.tables))
            subject = described(whole)
            if k > 1:
                operation = Operation.BOTTOM if FEWEST.search(text) else Operation.TOP
                return TableQuery(operation, operands, subject, k=k)
            return TableQuery(Operation.MINIMUM if FEWEST.search(text) else Operation.MAXIMUM, operands, subject)
        if k > 1 and not counted and not conditions:
            operands = tuple(self._country(code, whole) for code in self._codes(whole.tables))
            return TableQuery(Operation.TOP, operands, described(whole), k=k)
        if not conditions:
            return None
        operation = Operation.COUNT if counted else Operation.LIST
        return TableQuery(operation, conditions[0].tested, " and ".join(str(c) for c in conditions), conditions)

    def _conditions(self, text: str, whole: Selection) -> tuple[Condition, ...]:
        """Return the tests that the clauses of a question put to each row."""
        codes = self._codes(whole.tables)
        found: list[Condition] = []
        for clause in self._clauses(text):
            own = self._selection(clause)
            picked = self._inherited(own, whole)
            tested = tuple(self._country(code, picked) for code in codes)
            label = described(picked)
            versus = _more_of_one_sex(clause)
            if versus is not None:
                comparator, women_first = versus
                women, men = replace(picked, women=True, men=False), replace(picked, women=False, men=True)
                first, second = (women, men) if women_first else (men, women)
                one = tuple(self._country(code, first) for code in codes)
                other = tuple(replace(self._country(code, second), label=described(second)) for code in codes)
                found.append(Condition(comparator, 0.0, one, other, described(first)))
                if comparator is Comparator.EQUAL:
                    found.append(Condition(Comparator.MORE, 0.0, one, (), described(first)))
                continue
            tests = comparators(clause)
            for comparator, number, _ in tests:
                found.append(Condition(comparator, float(number), tested, (), label))
            if tests:
                continue
            if NONE.search(clause):
                found.append(Condition(Comparator.EQUAL, 0.0, tested, (), label))
                if own.bounded:
                    everyone = replace(picked, columns=None, women=False, men=False)
                    base = tuple(self._country(code, everyone) for code in codes)
                    found.append(Condition(Comparator.MORE, 0.0, base, (), described(everyone)))
            else:
                found.append(Condition(Comparator.MORE, 0.0, tested, (), label))
        return tuple(found)

    def _clauses(self, text: str) -> list[str]:
        """Return the clauses of a question that each put a test of their own."""
        pieces = re.split(r"\b(?:but|yet|while|mais|pero)\b|,", text)
        clauses: list[str] = []
        for piece in pieces:
            halves = re.split(r"\b(?:and|et|y)\b", piece)
            own = [half for half in halves if self._tests(half)]
            clauses.extend(halves if len(own) == len(halves) > 1 else [piece])
        kept = [clause for clause in clauses if self._tests(clause)]
        return kept or [text]

    def _tests(self, clause: str) -> bool:
        picked = self._selection(clause)
        return bool(picked.named or picked.one_sex or comparators(clause) or _more_of_one_sex(clause))

    @staticmethod
    def _inherited(own: Selection, whole: Selection) -> Selection:
        """Return a clause's own selection in the row set of the whole question, with its category if it has none."""
        if own.named:
            members = {found.members for found in whole.tables}
            return replace(own, tables=tuple(t for t in own.tables if t.members in members))
        return replace(own, tables=whole.tables)

    def _over_rows(self, text: str, whole: Selection) -> TableQuery | None:
        """Return what a question asks of all rows together: a sum, a share, a difference."""
        everybody = STAFF.search(text) and whole.one_sex
        if not (whole.named or everybody) or not (QUANTITY.search(text) or not _INTERROGATIVE.search(text)):
            return None
        if SHARE.search(text):
            if not whole.bounded:
                return None
            base = self._everybody(replace(whole, columns=None, women=False, men=False))
            return TableQuery(Operation.SHARE, (self._everybody(whole), base), described(whole))
        if whole.women and whole.men:
            women = self._everybody(replace(whole, men=False))
            men = self._everybody(replace(whole, women=False))
            operation = Operation.DIFFERENCE if DIFFERENCE.search(text) else Operation.VALUES
            return TableQuery(operation, (women, men), described(whole))
        if DIFFERENCE.search(text) or AVERAGE.search(text) or MOST.search(text) or FEWEST.search(text):
            return None
        operand = self._everybody(whole)
        return TableQuery(Operation.SUM, (operand,), operand.label)


def _more_of_one_sex(text: str) -> tuple[Comparator, bool] | None:
    """Return how a text compares the sexes, and whether women come first; ``None`` if it does not."""
    women, men = WOMEN.search(text), MEN.search(text)
    if not women or not men:
        return None
    first = women.start() < men.start()
    if re.search(r"\b(as many|equal|same number|parity|autant|igual|mismo)\b", text):
        return Comparator.EQUAL, first
    if re.search(r"\b(more|outnumber|plus de|mas|exceed)\b", text):
        return Comparator.MORE, first
    if re.search(r"\b(fewer|less|moins|menos)\b", text):
        return Comparator.LESS, first
    return None


def _names_a_place(text: str, countries: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    """Whether a country is where something happens ("staff in Peru"), not where somebody comes from."""
    return any(
        re.search(rf"\b(?:in|inside|within|en|au|aux)(?: the| el| la)? {re.escape(name)}\b", text)
        for name, _ in countries
    )
