"""The output folder's records tell whose files are whose, and addresses that clash are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenzhai.digest import digest_bytes
from wenzhai.manifest import (
    MANIFEST,
    STAGING,
    path_fault,
    read_manifest,
    render_manifest,
    tree_signature,
)
from wenzhai.model import Digest, OutPath

A, B = OutPath("a/index.html"), OutPath("b.html")


@pytest.mark.parametrize(
    "path", ["articles/银行/index.html", "a" * 255, ".well-known/x", "404.html"]
)
def test_ordinary_addresses_are_safe(path: str) -> None:
    assert path_fault(path) == ""


def test_lone_surrogate_is_unsafe() -> None:
    assert path_fault("a\ud800") == "E611"


def test_manifest_is_read_as_written(tmp_path: Path) -> None:
    outputs = {B: Digest("1" * 32), A: Digest("2" * 32)}
    (tmp_path / MANIFEST).write_bytes(render_manifest(outputs))
    assert read_manifest(tmp_path) == outputs
    assert render_manifest(outputs) == render_manifest(dict(sorted(outputs.items())))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "outputs": {}}', "[" * 9999, "\0"])
def test_broken_manifest_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) is None


def test_paths_that_lead_out_of_the_folder_are_not_ours(tmp_path: Path) -> None:
    text = '{"format": 1, "outputs": {"../x": "", "/etc/x": "", "a": "", "b/../../c": ""}}'
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) == {"a": ""}


def test_tree_signature_tells_any_touch(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(render_manifest({B: digest_bytes(b"1")}))
    (tmp_path / B).write_bytes(b"1")
    first = tree_signature(tmp_path, (B,))
    assert tree_signature(tmp_path, (B,)) == first
    (tmp_path / B).write_bytes(b"12")
    second = tree_signature(tmp_path, (B,))
    (tmp_path / STAGING).mkdir()
    third = tree_signature(tmp_path, (B,))
    (tmp_path / B).unlink()
    assert len({first, second, third, tree_signature(tmp_path, (B,))}) == 4
