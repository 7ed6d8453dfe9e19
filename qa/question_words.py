"""The words that ask, in English, French and Spanish."""

from __future__ import annotations

# Alternatives of a pattern, each a whole word or expression.
INTERROGATIVES = (
    "how|what|which|who|whom|whose|when|where|why|"
    "combien|quel(?:le)?s?|qui|quand|où|pourquoi|comment|"
    "cuánt[oa]s?|cuál(?:es)?|qué|quién(?:es)?|cuándo|dónde|por qué|cómo"
)
