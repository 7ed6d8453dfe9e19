"""Errors of every room, in one tree.

ReportQAError                 anything a user can be told about; carries a remedy
├── ReportError               the report cannot be read
│   ├── ReportNotFoundError   no such report or file
│   └── ReportFormatError     malformed text; names the line
├── IndexingError             the index cannot be built, saved or loaded
│   ├── IndexNotFoundError    no index in the folder
│   ├── StaleIndexError       made from another text, model or version
│   └── DamagedIndexError     files missing or altered
├── EmbedderError             an embedding model cannot be loaded
├── RankerError               a model that ranks sentences cannot be loaded
├── QuestionError             the question cannot be answered as typed
├── BatchError                lines of a batch file could not be read
├── FeedbackError             feedback cannot be stored or read
└── EvaluationError           a question set or run cannot be read
"""

from __future__ import annotations


class ReportQAError(Exception):
    """Base of all errors shown to a user.

    Args:
        message: What happened, with the value seen.
        remedy: What to do next; a command where there is one.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Return the message followed by the remedy."""
        return f"{self.message} {self.remedy}".strip()


class ReportError(ReportQAError):
    """The report cannot be read."""


class ReportNotFoundError(ReportError):
    """There is no such report or file."""


class ReportFormatError(ReportError):
    """The report's text is malformed.

    Args:
        message: What is wrong.
        line: The line's number, from 1.
        remedy: What to do next.
    """

    def __init__(self, message: str, line: int, remedy: str = "") -> None:
        super().__init__(f"line {line}: {message}", remedy)
        self.line = line


class IndexingError(ReportQAError):
    """The index cannot be built, saved or loaded."""


class IndexNotFoundError(IndexingError):
    """There is no index in the folder."""


class StaleIndexError(IndexingError):
    """The index was made from another text, model or version."""


class DamagedIndexError(IndexingError):
    """Files of the index are missing or altered."""


class EmbedderError(ReportQAError):
    """An embedding model cannot be loaded."""


class RankerError(ReportQAError):
    """A model that ranks sentences cannot be loaded."""


class QuestionError(ReportQAError):
    """The question cannot be answered as typed."""


class BatchError(ReportQAError):
    """Lines of a batch file could not be read."""


class FeedbackError(ReportQAError):
    """Feedback cannot be stored or read."""


class EvaluationError(ReportQAError):
    """A question set or a run cannot be read."""
