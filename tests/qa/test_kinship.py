"""Words of about the same meaning, with vectors placed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.paragraphs import document_from_paragraphs
from corpus.words import stem
from index.embedder import HashEmbedder, Vectors
from index.store import build_index
from qa.kinship import Kinship
from qa.thesaurus import described_by, same_meaning
from qa.vocabulary import Vocabulary, build_vocabulary

AXES = {"deaths": 0, "died": 0, "muertes": 0, "boats": 1, "lorries": 2}


class Placed(HashEmbedder):
    """Puts the words of one axis close together, all others by their hash."""

    def embed_queries(self, texts: list[str], show_progress: bool = False) -> Vectors:  # type: ignore[override]
        vectors = super().embed_queries(texts)
        for row, text in enumerate(texts):
            if text in AXES:
                vectors[row] = 0.1 * vectors[row]
                vectors[row, AXES[text]] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    texts = [("Sea", "Many deaths were counted. Boats carried cedar."), ("Roads", "Lorries carried pine.")]
    index = build_index(document_from_paragraphs("small", texts), Placed())
    return build_vocabulary(index.passages, (), Kinship(index))


@pytest.mark.parametrize("word", ["died", "muertes", "Muertes"])
def test_term_in_other_words_or_another_language_is_found(vocabulary: Vocabulary, word: str) -> None:
    term = vocabulary.term(word)
    assert term.found_in(vocabulary.sentence_stems[0]) > 0.8
    assert term.found_in(vocabulary.sentence_stems[1]) == 0.0


def test_term_that_the_report_has_counts_fully_and_weighs_as_itself(vocabulary: Vocabulary) -> None:
    term = vocabulary.term("boats")
    assert term.found_in(vocabulary.sentence_stems[1]) == 1.0
    assert term.weight == vocabulary.weight("boat")


def test_term_without_kin_is_found_nowhere_and_weighs_as_the_rarest(vocabulary: Vocabulary) -> None:
    term = vocabulary.term("volcano")
    assert term.found_in(vocabulary.passage_stems[0]) == 0.0
    assert term.weight == vocabulary.weight("no such word")


@pytest.mark.parametrize("word", ["decease", "fatality", "mortality"])
def test_term_other_word_of_the_thesaurus_is_found(vocabulary: Vocabulary, word: str) -> None:
    term = vocabulary.term(word)
    assert 0.5 < term.found_in(vocabulary.sentence_stems[0]) < 1.0
    assert term.found_in(vocabulary.sentence_stems[1]) == 0.0


def test_term_that_describes_a_word_of_the_report_is_found_there_less_well_than_one_of_its_meaning() -> None:
    texts = [("Staff", "Secondments grew."), ("Roads", "Lorries carried pine.")]
    index = build_index(document_from_paragraphs("small", texts), HashEmbedder())
    vocabulary = build_vocabulary(index.passages, (), Kinship(index))
    borrowed, lorry = vocabulary.term("loan"), vocabulary.term("truck")
    assert 0.5 < borrowed.found_in(vocabulary.sentence_stems[0]) < lorry.found_in(vocabulary.sentence_stems[1])
    assert borrowed.found_in(vocabulary.sentence_stems[1]) == 0.0


def test_described_by_goes_one_way() -> None:
    described = described_by()
    assert stem("secondment") in described[stem("loan")]
    assert stem("loan") not in described.get(stem("secondment"), ())


def test_same_meaning_goes_both_ways() -> None:
    meanings = same_meaning()
    assert len(meanings) > 5000
    assert all(word in meanings[other] for word, others in meanings.items() for other in others)
    assert not any(word in others for word, others in meanings.items())


def test_term_numbers_have_no_kin(vocabulary: Vocabulary) -> None:
    assert not vocabulary.term("2,031").kin


def test_passage_coverage_adds_up_the_weights_of_what_is_expressed(vocabulary: Vocabulary) -> None:
    scores = vocabulary.passage_coverage([vocabulary.term("died"), vocabulary.term("lorries")])
    assert scores[1] == pytest.approx(vocabulary.weight("lorri"))
    assert 0.8 * vocabulary.weight("death") < scores[0] <= vocabulary.weight("death")
