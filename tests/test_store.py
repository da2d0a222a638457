"""The cache on disk: it gives back what was put in, or nothing, and never something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wenzhai.digest import digest_bytes
from wenzhai.model import Digest
from wenzhai.packs import MissingBlobError, PackWriter, Piece
from wenzhai.store import OutputRow, Store, Trace

CODE = Digest("code")
KEY = Digest("k1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path, CODE)
    yield store
    store.close()


def keep(store: Store, *contents: bytes, pack: str = "00000001.pack") -> list[Piece]:
    writer = PackWriter(store.folder, pack)
    pieces = [writer.append(content) for content in contents]
    writer.close()
    traces = [Trace(p.digest, "record", p.digest, "") for p in pieces]
    store.add("step", traces, pieces, 1)
    return pieces


def test_bytes_come_back_by_their_digest(store: Store) -> None:
    pieces = keep(store, b"one", b"", "文".encode() * 100)
    assert [store.read(piece.digest) for piece in pieces] == [b"one", b"", "文".encode() * 100]


def test_bytes_that_were_never_kept_are_missing(store: Store) -> None:
    with pytest.raises(MissingBlobError):
        store.read(digest_bytes(b"nothing"))


@pytest.mark.parametrize("harm", ["flip", "cut", "delete"])
def test_damaged_bytes_are_missing_never_wrong(store: Store, harm: str) -> None:
    (piece,) = keep(store, b"precious bytes")
    pack = store.folder / piece.pack
    if harm == "flip":
        pack.write_bytes(pack.read_bytes().replace(b"p", b"q"))
    elif harm == "cut":
        pack.write_bytes(pack.read_bytes()[:-1])
    else:
        pack.unlink()
    with pytest.raises(MissingBlobError):
        store.read(piece.digest)


def test_facts_files_outputs_and_traces_survive_closing(tmp_path: Path) -> None:
    first = Store(tmp_path, CODE)
    (piece,) = keep(first, b"one")
    first.set_facts({"name": "值"})
    first.set_files({"a.md": ("signature", Digest("d"))}, {})
    first.set_outputs({"index.html": OutputRow("key", "before", "content", "signature")}, ())
    first.close()
    again = Store(tmp_path, CODE)
    assert again.fact("name") == "值"
    assert again.fact("other") == ""
    assert again.files() == {"a.md": ("signature", "d")}
    assert again.outputs() == {"index.html": OutputRow("key", "before", "content", "signature")}
    assert again.traces("step") == {piece.digest: Trace(piece.digest, "record", piece.digest, "")}
    assert again.record("step", piece.digest) == "record"
    again.close()


def test_other_code_empties_the_store(tmp_path: Path) -> None:
    first = Store(tmp_path, CODE)
    keep(first, b"one")
    first.close()
    other = Store(tmp_path, Digest("other"))
    assert other.traces("step") == {}
    assert list(other.folder.glob("*.pack")) == []
    other.close()


def test_a_file_that_is_no_database_is_replaced(tmp_path: Path) -> None:
    first = Store(tmp_path, CODE)
    keep(first, b"one")
    first.close()
    (first.folder / "index.sqlite").write_bytes(b"\0" * 5_000)
    again = Store(tmp_path, CODE)
    assert again.traces("step") == {}
    again.close()


def test_files_that_are_gone_are_forgotten(store: Store) -> None:
    store.set_files({"a.md": ("1", Digest("a")), "b.md": ("1", Digest("b"))}, {})
    store.set_files({"b.md": ("2", Digest("c"))}, store.files())
    assert store.files() == {"b.md": ("2", "c")}


def test_outputs_that_are_gone_are_forgotten(store: Store) -> None:
    store.set_outputs({"a": OutputRow("k", "", "", ""), "b": OutputRow("k", "", "", "")}, ())
    store.set_outputs({}, ["a"])
    assert store.outputs().keys() == {"b"}


def test_collecting_keeps_what_is_used_or_young(store: Store) -> None:
    old, used = keep(store, b"old", b"used")
    young = Trace(Digest("young"), "", "", "")
    store.add("step", [young], (), 5)
    store.collect({"step": [used.digest]}, 5)
    assert store.traces("step").keys() == {used.digest, "young"}
    assert store.read(used.digest) == b"used"
    with pytest.raises(MissingBlobError):
        store.read(old.digest)


def forget(store: Store, *live: Digest, stop: int = 2, wanted: bool = False) -> None:
    store.forget(range(1, stop), {"step": [Digest("another")]}, live, lambda: wanted)


def test_forgetting_keeps_bytes_that_are_still_needed(store: Store) -> None:
    old, needed = keep(store, b"old", b"needed")
    forget(store, needed.digest)
    assert store.read(needed.digest) == b"needed"
    with pytest.raises(MissingBlobError):
        store.read(old.digest)


def test_forgetting_spares_what_is_in_use_and_other_builds(store: Store) -> None:
    keep(store, b"old", b"used")
    young, other = (Trace(Digest(name), "", "", "") for name in ("young", "another"))
    store.add("step", [young], (), 3)
    store.add("step", [other], (), 1)
    forget(store)
    assert store.traces("step").keys() == {"young", "another"}


def test_forgetting_keeps_bytes_that_two_results_share(store: Store) -> None:
    (piece,) = keep(store, b"shared")
    store.add("other", [Trace(Digest("key"), "", piece.digest, "")], (), 4)
    forget(store)
    assert store.read(piece.digest) == b"shared"


@pytest.mark.parametrize("wanted", [True, False])
def test_packing_anew_gives_way_to_whoever_waits(store: Store, *, wanted: bool) -> None:
    dead, live = keep(store, b"x" * 3_000_000, b"live")
    forget(store, live.digest, wanted=wanted)
    assert store.read(live.digest) == b"live"
    packs = list(store.folder.glob("*.pack"))
    assert (sum(pack.stat().st_size for pack in packs) < dead.size) is not wanted
    assert len(packs) == 1


def test_collecting_packs_anew_when_most_bytes_are_dead(store: Store) -> None:
    dead, live = keep(store, b"x" * 3_000_000, b"live")
    store.collect({"step": [live.digest]}, 2)
    assert store.read(live.digest) == b"live"
    assert sum(pack.stat().st_size for pack in store.folder.glob("*.pack")) < dead.size


def test_an_unfinished_record_is_rolled_back_as_a_whole(store: Store) -> None:
    class BrokenError(Exception):
        pass

    def rows() -> Iterator[Trace]:
        yield Trace(KEY, "", "", "")
        raise BrokenError

    with pytest.raises(BrokenError):
        store.add("step", rows(), (), 1)
    assert store.traces("step") == {}
