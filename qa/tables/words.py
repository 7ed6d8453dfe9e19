"""The words by which people name columns, categories and operations of tables, in three languages."""

from __future__ import annotations

import re

from corpus.document import Table
from qa.countries import folded
from qa.tables.query import Comparator, Operation

# Everyday words for what a table's title says, as pairs of (what people say, what titles say).
CATEGORY_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"general service(?: staff)?(?: and|/|,| or)? ?national officers?|gs ?/? ?(?:and )?nos?|"
        r"local(?:s|ly)?(?: (?:recruited|category|hired|engaged))?(?: staff)?|national staff|nationally recruited|"
        r"personnel local|personnel recrute localement|personal local|contratacion local",
        "general service",
    ),
    (
        r"international(?:ly recruited)?s?(?: professionals?)?(?: and higher)?(?: categor(?:y|ies))?|"
        r"professionals?(?: and (?:the )?higher)?(?: categor(?:y|ies))?|p (?:staff|category|categories)|"
        r"expat(?:riate)?s?|"
        r"personnel international|internationaux|internationales?|internacional(?:es)?|profesional(?:es)?",
        "professional",
    ),
)
WOMEN = re.compile(r"\b(women|woman|female|females|femmes?|mujer(?:es)?)\b")
MEN = re.compile(r"\b(men|man|male|males|hommes?|hombres?)\b")
# Not the shares that a company issues: "share options", "earnings per share".
SHARE = re.compile(
    r"\b(shares? (?:of|in|that|are|is|was|were|do|does|did)|(?:what|which|whose|the) share(?! \w+ing\b)|"
    r"(?:what|which) part of|"
    r"ratio (?:of|between)(?: the)? (?=(?:wo)?men\b|(?:fe)?males?\b)|"
    r"percentages?|per ?cent|proportions?|fraction|pourcentage|part (?:de|des|du)|porcentaje|proporcion)\b|%"
)
# Staff in other words than "staff".
STAFF = re.compile(
    r"\b(staff|employees?|workforce|personnel|headcount|colleagues|effectif|employ(?:s|ed)?|"
    r"work(?:s|ed|ing)? (?:for|at)|payroll)\b"
)
QUANTITY = re.compile(
    r"\b(how many|how much|numbers?|total|sum|count|headcount|combien|nombre|cuant[oa]s|numero)\b|" + SHARE.pattern
)
NONE = re.compile(
    r"\b(no|not a single|not one|zero|none|without|nobody|no one|aucune?s?|sans|ningun[oa]?s?|sin|nadie|personne)\b"
)
DIFFERENCE = re.compile(
    r"\b(outnumber\w*|difference|how many more|how many fewer|more than|fewer than|exceed\w*|gap|differ|"
    r"de plus que|difference|diferencia|mas que)\b"
)
CHANGE = re.compile(
    r"\b(increase\w*|decrease\w*|grow\w*|grew|rise|rose|risen|rises|fall|fell|drop\w*|chang\w*|went up|gone up|"
    r"go up|went down|declin\w*|reduc\w*|augment\w*|hausse|baisse|aument\w*|crecimiento|crecio|varia\w*)\b"
)
POINTS = re.compile(r"\b(percentage points?|points?|puntos|pp)\b")
AVERAGE = re.compile(r"\b(averages?|mean|moyenne|promedio|media)\b")
TOTAL = re.compile(
    r"\b(total|sum|together|combined|altogether|overall|in all|both|all told|ensemble|en tout|en total|juntos)\b"
)
MOST = re.compile(r"\b(most|largest|highest|biggest|greatest|top|maximum|peak\w*|la plus|le plus|les plus|mayor|mas)\b")
FEWEST = re.compile(r"\b(fewest|least|lowest|smallest|minimum|bottom|le moins|la moins|les moins|menor|menos)\b")
RANK = re.compile(r"\b(rank(?:s|ed|ing)?|which place|what place|what position|rang|puesto)\b")
COMPARISON = re.compile(r"\b(more|fewer|larger|bigger|higher|lower|plus|mas)\b.*\b(or|ou|o)\b|\bor\b.*\bmore\b")

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
NUMBER_WORDS = {word: number for number, word in enumerate(_NUMBERS)} | {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "diez": 10, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "cent": 100, "cien": 100,
}  # fmt: skip
NUMBER = rf"(?:a |[$€£] ?|usd )?(\d[\d,. ]*\d|\d|{'|'.join(NUMBER_WORDS)})"
_COMPARATORS: tuple[tuple[re.Pattern[str], Comparator], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), comparator)
    for pattern, comparator in (
        (rf"(?:at least|no fewer than|no less than|minimum of|au moins|al menos) {NUMBER}", Comparator.AT_LEAST),
        (rf"{NUMBER} or more", Comparator.AT_LEAST),
        (rf"(?:at most|no more than|up to|au plus|como maximo) {NUMBER}", Comparator.AT_MOST),
        (rf"{NUMBER} or (?:fewer|less)", Comparator.AT_MOST),
        (
            r"(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|higher than|larger than|upwards of|plus de|"
            rf"mas de) {NUMBER}",
            Comparator.MORE,
        ),
        (rf"(?:fewer than|less than|lower than|smaller than|under|below|moins de|menos de) {NUMBER}", Comparator.LESS),
        (rf"(?:exactly|just|only|precisely|a single|exactement|exactamente) {NUMBER}", Comparator.EQUAL),
        (r"(?:just|only|exactly) (a single)|(a single)", Comparator.EQUAL),
    )
)
_TOP_K = re.compile(
    rf"\b(?:top|bottom|leading) {NUMBER}\b|"
    rf"\b{NUMBER} (?:\w+ ){{0,2}}?(?:largest|biggest|most|highest|fewest|smallest|lowest|greatest|top)\b|"
    rf"\b(?:which|what|list|name|the|quels|quelles|les|las|los) {NUMBER} (?:\w+ ){{0,3}}?"
    r"(?:nationalit\w+|countries|pays|paises|nacionalidades|states)\b"
)
# A letter and a step; words of one letter ("a 2") are no grades.
_GRADE = re.compile(r"\b(?:(?:grade|level) )?(?:(no) ?([a-d])|((?![aiouy])[a-z]) ?(\d)s?)\b")
_UPWARDS = (
    r"(?: ?\+|(?: level)?(?:s|es)? (?:and|or|et|y|o|ou) "
    r"(?:up|above|higher|over|upwards?|more senior|plus|mas|superieurs?))"
)
_DOWNWARDS = r"(?: (?:and|or) (?:below|lower|under|down|less))"
_NOTE = re.compile(r"\b([\w-]+): ([^;.]+)")
_UNGRADED = re.compile(
    r"\b(ungraded|no grade|without a? ?grade|not graded|non classes?|sans grade|sin grado|hors grade)\b"
)


def number_of(text: str) -> float:
    """Return the number that digits or a number word stand for."""
    bare = re.sub(r"[ ,](?=\d)", "", text.strip(" .,"))
    return float(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else float(NUMBER_WORDS.get(bare, 1))


def comparators(text: str) -> list[tuple[Comparator, float, str]]:
    """Return the tests against numbers that a folded text states, with the words that state them."""
    found: list[tuple[Comparator, float, str]] = []
    rest = text
    for pattern, comparator in _COMPARATORS:
        for match in pattern.finditer(rest):
            number = next((group for group in match.groups() if group), "one")
            found.append((comparator, 1.0 if "single" in number else number_of(number), match.group()))
        rest = pattern.sub(" ", rest)
    return found


def top_k(text: str) -> int:
    """Return how many a ranking shall show; 0 when the text does not say."""
    match = _TOP_K.search(text)
    return int(number_of(next(group for group in match.groups() if group))) if match else 0


def change_operation(text: str) -> Operation | None:
    """Return the operation on two figures of one row that a folded text asks for, or ``None``."""
    if AVERAGE.search(text):
        return Operation.AVERAGE
    if CHANGE.search(text) or DIFFERENCE.search(text):
        relative = SHARE.search(text) and not POINTS.search(text)
        return Operation.PERCENT_CHANGE if relative else Operation.DIFFERENCE
    return None


def notes_of(table: Table) -> dict[str, str]:
    """Return the folded abbreviations of a table's notes by what they stand for: ``{"director general": "e 1"}``."""
    found = {}
    for note in table.notes:
        for short, long in _NOTE.findall(note):
            found[folded(long).removesuffix(" positions").strip()] = folded(short)
    return found


def column_names(table: Table) -> dict[str, int]:
    """Return the column numbers by folded heading and by what the notes say it stands for."""
    names: dict[str, int] = {}
    for number, column in enumerate(table.columns):
        names[folded(column.label)] = number
    for long, short in notes_of(table).items():
        place = names.get(short)
        if place is not None:
            names.setdefault(long, place)
    return names


def grades(question: str) -> list[str]:
    """Return the grades that a folded question names, as folded headings ("g 5", "no b")."""
    found = (f"{match[1] or match[3]} {match[2] or match[4]}" for match in _GRADE.finditer(question))
    return list(dict.fromkeys(found))


def asked_columns(text: str, table: Table) -> tuple[tuple[int, ...], str] | None:
    """Return the grade columns that a folded question asks of a table, and the question without their names.

    A single grade, several, a range ("p 1 to p 3"), a direction ("p 5 and above"), a level ("d level") and what
    the notes explain ("director general", "ungraded", "national officers") all count.

    Returns:
        The columns in the table's order, or ``None`` when no grade is named or the table lacks one of them.
    """
    names = column_names(table)
    chosen: list[int] = []
    text, missing = _take_ranges(text, names, chosen)
    for long, short in sorted(notes_of(table).items(), key=lambda item: -len(item[0])):
        if short in names and re.search(rf"\b{re.escape(long)}s?\b", text):
            chosen.append(names[short])
            text = re.sub(rf"\b{re.escape(long)}s?\b", " ", text)
    if _UNGRADED.search(text):
        place = next((names[name] for name in ("ug", "ungraded") if name in names), None)
        missing = missing or place is None
        chosen += [place] if place is not None else []
        text = _UNGRADED.sub(" ", text)
    level = re.search(r"\b([a-z]) (?:level|grade)s?\b|\b(d)irectors?(?: level| grade)?s?\b", text)
    if level:
        letter = level[1] or level[2]
        own = [number for name, number in names.items() if re.fullmatch(rf"{letter} \d", name)]
        chosen += own
        missing = missing or not own
        text = text.replace(level.group(), " ")
    for grade in grades(text):
        if grade in names:
            chosen.append(names[grade])
        else:
            missing = True
        text = re.sub(rf"\b(?:(?:grade|level) )?{grade.replace(' ', ' ?')}s?\b", " ", text)
    text = _take_note_groups(text, table, names, chosen)
    if missing or not chosen:
        return None
    return tuple(sorted(set(chosen))), text


def _take_ranges(text: str, names: dict[str, int], chosen: list[int]) -> tuple[str, bool]:
    """Add the columns of ranges and directions; return the text without them and whether a grade is unknown."""
    missing = False
    one = r"(no|(?![aiouy])[a-z]) ?([a-d]|\d)"
    spans = re.compile(rf"\b(?:from |between )?{one} ?(?:to|through|–|until|and|a|hasta|et|y) ?{one}\b")
    for match in spans.finditer(text):
        first, last = f"{match[1]} {match[2]}", f"{match[3]} {match[4]}"
        joined = re.search(r"\b(and|et|y)\b", match.group()) and not match.group().startswith(("between", "from"))
        if joined or match[1] != match[3]:
            continue
        if first in names and last in names:
            low, high = sorted((names[first], names[last]))
            chosen.extend(range(low, high + 1))
        else:
            missing = True
        text = text.replace(match.group(), " ")
    for pattern, upward in ((_UPWARDS, True), (_DOWNWARDS, False)):
        for match in re.finditer(rf"\b{one}{pattern}", text):
            grade = f"{match[1]} {match[2]}"
            if grade in names:
                chosen.extend(_beyond(grade, names, upward))
            else:
                missing = True
            text = text.replace(match.group(), " ")
    return text, missing


def _beyond(grade: str, names: dict[str, int], upward: bool) -> list[int]:
    """Return a grade's column and all columns of higher (or lower) grades.

    Grades of one letter show which way they rise; P, D and E continue each other, other letters stand alone.
    """
    ladder = {name: number for name, number in names.items() if re.fullmatch(r"(?:no [a-d]|[a-z] \d)", name)}
    letter = grade.split()[0]
    order = ["p", "d", "e"] if letter in ("p", "d", "e") else [letter]

    def height(name: str) -> tuple[int, int]:
        own, step = name.split()
        # Of two grades E the first is the higher one: E-1 is the head.
        number = -int(step) if own == "e" else (int(step) if step.isdigit() else ord(step))
        return order.index(own), number

    own = height(grade)
    return [
        number
        for name, number in ladder.items()
        if name.split()[0] in order and (height(name) >= own if upward else height(name) <= own)
    ]


def _take_note_groups(text: str, table: Table, names: dict[str, int], chosen: list[int]) -> str:
    """Add the columns of a category that the notes abbreviate by a letter, when only one such is named."""
    groups = {
        long: [number for name, number in names.items() if re.fullmatch(rf"{short} (?:\d|[a-d])", name)]
        for long, short in notes_of(table).items()
        if short not in names
    }
    named = [long for long in groups if groups[long] and re.search(rf"\b{re.escape(long)}s?\b", text)]
    if len(named) == 1:
        # Beside a grade of its own the category only repeats what the grade says.
        chosen.extend([] if chosen else groups[named[0]])
        text = re.sub(rf"\b{re.escape(named[0])}s?\b", " ", text)
    return text
