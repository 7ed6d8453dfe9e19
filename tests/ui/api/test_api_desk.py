"""Everybody's questions in one line: order, limits, and no conversation in another's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import QuestionError
from eval.samples import load_samples, shipped_sets
from qa import Assistant
from qa.answer import Answer
from ui.api.desk import Desk
from ui.api.errors import AnswerFailedError, BusyError
from ui.testing import ScriptedAssistant


class Slow(ScriptedAssistant):
    """Answers only once it is let, and counts how many questions it is at."""

    def __init__(self) -> None:
        super().__init__()
        self.let, self.begun = threading.Event(), threading.Semaphore(0)
        self.at, self.most = 0, 0
        self._counting = threading.Lock()

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        with self._counting:
            self.at += 1
            self.most = max(self.most, self.at)
        self.begun.release()
        assert self.let.wait(10)
        with self._counting:
            self.at -= 1
        return super().ask(question, history)


def test_twenty_people_at_once_are_each_answered_in_their_own_conversation() -> None:
    desk = Desk(ScriptedAssistant())

    def person(number: int) -> list[tuple[str, str]]:
        first = f"passengers of boat {number}?"
        return [(desk.ask("and at night?", history=[first]).searched, f"{first} and at night?") for _ in range(10)]

    with ThreadPoolExecutor(20) as people:
        pairs = [pair for found in people.map(person, range(20)) for pair in found]
    assert len(pairs) == 200
    assert all(searched == expected for searched, expected in pairs)
    assert desk.waiting == 0


def test_no_more_are_answered_at_a_time_than_there_are_workers() -> None:
    slow = Slow()
    desk = Desk(slow, workers=2)
    with ThreadPoolExecutor(6) as people:
        answers = [people.submit(desk.ask, "passengers") for _ in range(6)]
        for _ in range(2):
            assert slow.begun.acquire(timeout=10)
        slow.let.set()
        assert all(answer.result(10).answered for answer in answers)
    assert slow.most == 2


def test_line_that_is_full_turns_the_next_away_and_is_not_ready() -> None:
    slow = Slow()
    desk = Desk(slow, workers=1, longest=1)
    with ThreadPoolExecutor(1) as people:
        under_way = people.submit(desk.ask, "passengers")
        assert slow.begun.acquire(timeout=10)
        assert not desk.ready
        with pytest.raises(BusyError, match="1 questions are waiting. Ask again in a moment."):
            desk.ask("passengers")
        slow.let.set()
        assert under_way.result(10).answered
    assert desk.ask("passengers").answered


def test_question_whose_asker_went_away_leaves_the_line() -> None:
    slow = Slow()
    desk = Desk(slow, workers=1)

    async def goes_away() -> None:
        first = asyncio.create_task(desk.answer("passengers"))
        await asyncio.to_thread(slow.begun.acquire)
        second = asyncio.create_task(desk.answer("storm"))
        await asyncio.sleep(0)
        assert desk.waiting == 2
        second.cancel()
        await asyncio.wait([second])
        assert desk.waiting == 1
        slow.let.set()
        await first

    asyncio.run(goes_away())
    assert slow.histories == [()]


def test_closed_desk_takes_no_question() -> None:
    desk = Desk(ScriptedAssistant())
    desk.close()
    assert not desk.ready
    with pytest.raises(BusyError, match="The server is stopping"):
        asyncio.run(desk.answer("passengers"))


def test_known_error_comes_through_as_it_is() -> None:
    with pytest.raises(QuestionError, match="10,000 characters"):
        Desk(ScriptedAssistant()).ask("x" * 10_000)


def test_unforeseen_error_is_told_without_its_details() -> None:
    class Broken(ScriptedAssistant):
        def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
            raise RuntimeError("secret detail")

    with pytest.raises(AnswerFailedError, match="Something went wrong while answering") as caught:
        Desk(Broken()).ask("Why?")
    assert "secret" not in str(caught.value)


@pytest.mark.integration
def test_real_answers_under_threads_are_those_given_one_by_one() -> None:
    assistant = Assistant.open()
    samples = load_samples(shipped_sets())[::12]
    alone = [assistant.ask(sample.question, history=sample.history) for sample in samples]
    desk = Desk(assistant)
    with ThreadPoolExecutor(len(samples)) as people:
        together = list(people.map(lambda sample: desk.ask(sample.question, sample.history), samples))
    assert len(samples) > 20
    assert together == alone
