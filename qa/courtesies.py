"""Takes greetings and thanks from a question: they name nothing that a report could tell of."""

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
