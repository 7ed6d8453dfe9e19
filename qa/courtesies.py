"""Takes from a question what names nothing that a report could tell of: greetings, thanks, what one says of oneself."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|sorry (?:to bother|for bothering) you|"
    r"quick question|bonjour|bonsoir|salut|excusez-moi(?: de vous déranger)?|désolée? de (?:vous|te) déranger|"
    r"hola|buen(?:os|as)(?: (?:días|tardes|noches))?|disculp[ae](?: (?:la molestia|que moleste))?|perdón por molestar)"
    r"(?: (?:there|all|everyone|team|à tous|à toutes|a todos|equipo))?\s*[,.!:;–—-]+\s*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,.!;–—-]*\b(?:thanks?(?: (?:you|a lot|so much|very much|in advance))*|cheers|please|"
    r"merci(?: (?:beaucoup|bien|d[’']avance|par avance))*|s[’']il (?:vous|te) pla[iî]t|svp|"
    r"(?:muchas )?gracias(?: (?:de antemano|por adelantado))?|por favor)[\s.!]*(\??)\s*$",
    re.IGNORECASE,
)


def without_courtesies(question: str) -> str:
    """Return a question without the greeting before it and the thanks after it; as it is if nothing else is left."""
    bare = _CLOSING.sub(r"\1", _OPENING.sub("", question)).strip()
    if not any(character.isalnum() for character in bare):
        return question
    return bare[:1].upper() + bare[1:] if bare != question else question


# Spanish leaves the pronoun out: common verbs of people who say who they are.
_FIRST_PERSON = re.compile(
    r"\b(?:I|we|my|our|je|j|nous|mon|ma|mes|notre|nos|mi|mis|nuestr[oa]s?|yo|soy|estoy|somos|estamos|trabajo|tengo|"
    r"preparo|escribo|busco|necesito|quiero)\b",
    re.IGNORECASE,
)
# "Meeting in 5 mins"
_OCCASION = re.compile(
    r"\b(?:meeting|briefing|deadline|speech|memo|réunion|discours|délai|reunión|discurso|plazo)\b", re.IGNORECASE
)
# What stands in brackets after a question is what it leans on.
_REMARK = re.compile(r"(?<=\?)\s+[^\s(][^?]*$")
# "I also need the number of women" asks once more.
_ASKS_MORE = re.compile(
    r"\b(?:how (?:many|much|long|often|far)|what|which|who|combien|quel(?:le)?s?|qui|où|"
    r"cuánt[oa]s?|qué|quién(?:es)?|dónde)\b|"
    r"\b(?:number|total|amount|share|percentage|names?|nombre|montant|part|noms?|número|importe|porcentaje) "
    r"(?:of|d|del?)\b",
    re.IGNORECASE,
)
_NARROWS = re.compile(
    r"\b(?:mean|meant|interested|only|just|ask(?:ing)?|talking|refer(?:ring)?|especially|particular|"
    r"veux dire|parle|intéresse|seulement|surtout|quiero decir|me refiero|interesan?|s[oó]lo|sobre todo)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:heard|read|think|thought|believe|guess|suppose|remember|crois|pense|entendu|lu|creo|pienso|leí|oí)\b",
    re.IGNORECASE,
)
_NAME_OR_YEAR = re.compile(r"\b(?:19|20)\d\d\b|(?<=[^\s.!?] )(?!I\b)[A-ZÀ-Þ]")


def in_first_person(text: str) -> bool:
    """Return whether somebody speaks of themselves in a text."""
    return bool(_FIRST_PERSON.search(text))


def without_remark(question: str) -> str:
    """Return a question without what is said after it of who asks and what for: "... open? I need it for a note".

    What narrows the question stays ("I mean in Peru"), and so does any name or year that is not hearsay.
    """
    remark = _REMARK.search(question)
    said = remark.group() if remark else ""
    if remark is None or not (in_first_person(said) or _OCCASION.search(said)):
        return question
    adds = _NAME_OR_YEAR.search(said) and not _HEARSAY.search(said)
    return question if adds or _ASKS_MORE.search(said) or _NARROWS.search(said) else question[: remark.start()]
