"""Which words of the report mean about the same as a word of a question, whatever its language.

The embedder that finds passages also places single words: "consultas" near "consultations", "died" near "deaths".
That is weaker than a dictionary and needs none.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from corpus.words import stem
from index.report_index import ReportIndex
from qa.thesaurus import described_by, same_meaning

# Cosines of centred word vectors: below the first two words have nothing to do with each other, from the second on
# they are forms or translations of one. Chosen on the first half of the SQuAD file (``docs/ranking.md``).
_STRANGERS, _SAME = 0.35, 0.6
# What a word of the thesaurus counts, on the same scale (``docs/ranking.md``).
_IN_THESAURUS = 0.8
# What a word counts that may be described by the word asked with.
_DESCRIBED = 0.6
_REMEMBERED = 20_000


class Kinship:
    """Looks up words of the report that are near in meaning.

    Args:
        index: The report's index.
    """

    def __init__(self, index: ReportIndex) -> None:
        self._index = index
        self._known: dict[str, Mapping[str, float]] = {}
        self._lock = threading.Lock()

    def kin(self, word: str) -> Mapping[str, float]:
        """Return the stems of the report's words that mean about the same, with how much, above 0 to 1."""
        key = word.lower()
        with self._lock:
            found = self._known.get(key)
        if found is None:
            found = self._look_up(key)
            with self._lock:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = found
        return found

    def _look_up(self, word: str) -> Mapping[str, float]:
        vectors = self._index.word_vectors
        vector = vectors.vector(word)
        if vector is None:
            vector = self._index.embed_query(word)
        strengths: dict[str, float] = {}
        for other, similarity in vectors.near(vector, _STRANGERS).items():
            strength = min(1.0, (similarity - _STRANGERS) / (_SAME - _STRANGERS))
            key = stem(other)
            strengths[key] = max(strengths.get(key, 0.0), strength)
        for other in same_meaning().get(stem(word), ()):
            strengths[other] = max(strengths.get(other, 0.0), _IN_THESAURUS)
        for other in described_by().get(stem(word), ()):
            strengths[other] = max(strengths.get(other, 0.0), _DESCRIBED)
        return {key: strength for key, strength in strengths.items() if strength > 0}
