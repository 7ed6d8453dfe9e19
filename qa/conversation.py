"""A conversation: questions that may lean on the ones before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Assistant


class Conversation:
    """Remembers the user's questions and puts each new one with them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._turns: list[Answer] = []

    @property
    def history(self) -> tuple[str, ...]:
        """The questions so far, oldest first."""
        return tuple(answer.question for answer in self._turns)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers so far, oldest first."""
        return tuple(self._turns)

    def ask(self, question: str) -> Answer:
        """Return the answer to a question that may lean on the earlier ones.

        A question that could not be taken (empty, too long) is not remembered.
        """
        answer = self._assistant.ask(question, history=self.history)
        if not answer.problem:
            self._turns.append(answer)
        return answer
