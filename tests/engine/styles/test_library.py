import errno
import os
import threading

import numpy as np
import pytest
from safetensors import safe_open

from engine.api import StyleError
from engine.styles import StyleLibrary, is_same_style, read_style_file, read_style_information, write_style_file


def _names(library):
    return [style.name for style in library.styles()]


def test_built_in_styles_come_first(library, information, tensors):
    library.add(information("A Hand"), tensors)

    assert _names(library) == ["Night", "Olive Trees", "A Hand"]
    assert [style.built_in for style in library.styles()] == [True, True, False]


def test_a_style_is_found_by_its_name_however_it_is_written(library):
    assert library.find("  olive   TREES ").name == "Olive Trees"


def test_a_wrong_name_is_answered_with_close_ones(library):
    with pytest.raises(StyleError, match="Did you mean Olive Trees"):
        library.find("olive tree")
    with pytest.raises(StyleError, match="scumble styles list"):
        library.find("zzzzzz")


def test_a_taken_name_gets_a_number(library, information, tensors):
    names = [library.add(information("night"), tensors).name for _ in range(2)]

    assert names == ["night 2", "night 3"]
    long = "x" * 80
    assert library.add(information(long), tensors).name == long
    assert library.add(information(long), tensors).name == "x" * 78 + " 2"


@pytest.mark.parametrize("name", ["../../out", "a/b\\c", "CON", "nul.txt", ".", "..", "...", "ä:*?<>|", "波" * 80])
def test_any_name_becomes_a_file_in_the_folder(library, information, tensors, name):
    style = library.add(information(name), tensors)

    assert style.name == name
    assert style.path.parent == library.user_folder
    assert style.path.stem.upper() not in {"CON", "NUL.TXT"}
    assert library.find(name).path == style.path


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_that_is_none_is_refused(library, information, tensors, name):
    with pytest.raises(StyleError, match="1 to 80 letters"):
        library.add(information(name), tensors)
    assert not library.user_folder.exists()


def test_import_and_export_carry_a_style_to_another_library(library, tmp_path):
    other = StyleLibrary(tmp_path / "nothing", tmp_path / "other")

    library.export("olive trees", tmp_path / "given")
    imported = other.import_file(tmp_path / "given.scumble")

    assert imported.name == "Olive Trees"
    assert imported.thumbnail == library.find("Olive Trees").thumbnail
    with pytest.raises(StyleError, match="exists already"):
        library.export("Night", tmp_path / "given.scumble")
    assert read_style_information(tmp_path / "given.scumble").name == "Olive Trees"


def test_only_what_is_a_style_is_imported(library, tmp_path):
    (tmp_path / "text.scumble").write_text("text")

    with pytest.raises(StyleError, match="not a style file"):
        library.import_file(tmp_path / "text.scumble")
    assert len(library.styles()) == 2


def test_own_styles_can_be_deleted_built_in_ones_not(library, information, tensors):
    library.add(information("Mine"), tensors)

    library.delete("mine")

    assert "Mine" not in _names(library)
    with pytest.raises(StyleError, match="came with Scumble"):
        library.delete("Night")
    with pytest.raises(StyleError, match="no style"):
        library.delete("Mine")


def test_a_damaged_file_hides_no_other_style(library, information, tensors):
    library.add(information("Mine"), tensors)
    (library.user_folder / "broken.scumble").write_bytes(b"broken")

    assert _names(library) == ["Night", "Olive Trees", "Mine"]
    assert len(library.problems()) == 1
    assert "broken.scumble" in library.problems()[0]


def test_a_name_of_the_user_never_hides_a_built_in_style(library, information, tensors):
    library.user_folder.mkdir()
    write_style_file(library.user_folder / "fake.scumble", information("night"), tensors)

    assert library.find("Night").built_in


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path, information, tensors):
    (tmp_path / "file").write_text("in the way")
    library = StyleLibrary(tmp_path, tmp_path / "file" / "styles")

    with pytest.raises(StyleError, match="cannot be written"):
        library.add(information(), tensors)


def test_several_threads_add_styles_at_once(library, information, tensors):
    threads = [threading.Thread(target=library.add, args=(information("Same"), tensors)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(name for name in _names(library) if name.startswith("Same")) == [
        "Same",
        *(f"Same {number}" for number in range(2, 9)),
    ]


def test_a_style_gets_another_name_and_description_and_nothing_else_changes(library, information, tensors):
    style = library.add(information("Waves"), tensors)

    edited = library.edit(style.path, "  Große   Wellen ", "Two\nlines")

    assert (edited.name, edited.description, edited.path) == ("Große Wellen", "Two\nlines", style.path)
    assert edited.artist == "A. Painter"
    assert edited.thumbnail == b"a picture"
    assert read_style_file(style.path)[1]["code"].tolist() == tensors["code"].tolist()
    assert "Große Wellen" in _names(library)
    assert "Waves" not in _names(library)


def test_what_a_style_file_holds_beside_is_kept_when_it_is_edited(library, information, tensors):
    style = library.add(information("Half"), {"codes": tensors["code"].astype(np.float16)})

    library.edit(style.path, "H", "")

    with safe_open(style.path, "numpy") as file:
        assert file.get_tensor("codes").dtype == np.float16


def test_a_name_may_change_its_case_but_not_be_that_of_another_style(library, information, tensors):
    style = library.add(information("Waves"), tensors)
    before = style.path.read_bytes()

    for name in ("NIGHT", "olive  trees"):
        with pytest.raises(StyleError, match="already"):
            library.edit(style.path, name, "")
    assert style.path.read_bytes() == before
    assert library.edit(style.path, "WAVES", "").name == "WAVES"


@pytest.mark.parametrize(("name", "description"), [("", ""), ("x" * 81, ""), ("a\nb\x00", ""), ("Name", "x" * 2001)])
def test_what_cannot_be_a_name_or_description_changes_nothing(library, information, tensors, name, description):
    style = library.add(information("Waves"), tensors)
    before = style.path.read_bytes()

    with pytest.raises(StyleError, match="letters"):
        library.edit(style.path, name, description)
    assert style.path.read_bytes() == before


def test_a_built_in_style_is_neither_edited_nor_discarded(library):
    path = library.find("Night").path

    with pytest.raises(StyleError, match="came with Scumble"):
        library.edit(path, "Day", "")
    with pytest.raises(StyleError, match="came with Scumble"):
        library.discard(path)
    assert library.find("Night").path == path


def test_a_discarded_style_comes_back_byte_for_byte(library, information, tensors):
    style = library.add(information("Waves"), tensors)
    before = style.path.read_bytes()

    kept = library.discard(style.path)
    assert "Waves" not in _names(library)
    assert "Waves" not in _names(StyleLibrary(library.user_folder.parent / "built-in", library.user_folder))

    assert library.restore(kept, style.path) == style.path
    assert style.path.read_bytes() == before
    assert library.find("Waves").path == style.path


def test_a_style_that_comes_back_replaces_none(library, information, tensors):
    old = library.add(information("Waves", description="old"), tensors)
    kept = library.discard(old.path)
    new = library.add(information("Waves", description="new"), tensors)
    assert new.path == old.path

    restored = library.restore(kept, old.path)

    assert library.find("Waves").description == "new"
    assert library.find("Waves 2").description == "old"
    assert library.find("Waves 2").path == restored
    assert not kept.exists()


def test_emptying_the_trash_leaves_the_library_alone(library, information, tensors):
    library.empty_trash()  # there is none yet
    library.add(information("Stays"), tensors)
    kept = library.discard(library.add(information("Goes"), tensors).path)

    library.empty_trash()

    assert not kept.exists()
    assert [path.name for path in library.user_folder.iterdir()] == ["Stays.scumble"]
    with pytest.raises(StyleError):
        library.restore(kept, library.user_folder / "Goes.scumble")


def test_a_file_that_changed_on_the_disk_is_read_anew_and_others_are_not(library, information, tensors, monkeypatch):
    style = library.add(information("Waves"), tensors)
    library.styles()
    read = []

    def count(path):
        read.append(path.name)
        return read_style_information(path)

    monkeypatch.setattr("engine.styles.style_library.read_style_information", count)
    library.styles()
    assert read == []
    write_style_file(style.path, information("Other Waves"), tensors, overwrite=True)
    assert "Other Waves" in _names(library)
    assert read == ["Waves.scumble"]


def test_a_full_disk_is_told_in_words_and_leaves_the_file(library, information, tensors, monkeypatch):
    style = library.add(information("Waves"), tensors)
    before = style.path.read_bytes()

    def full(path, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("engine.styles.format.write_beside", full)
    with pytest.raises(StyleError, match="No space left"):
        library.edit(style.path, "Other", "")
    with pytest.raises(StyleError, match="No space left"):
        library.add(information("More"), tensors)
    assert style.path.read_bytes() == before


def test_faults_name_their_files(library):
    library.user_folder.mkdir()
    for name in ("one", "two"):
        (library.user_folder / f"{name}.scumble").write_bytes(b"broken")

    library.styles()

    assert [fault.values["name"] for fault in library.faults()] == ["one.scumble", "two.scumble"]


def test_the_same_style_in_two_files_is_recognised(library, information, tensors, tmp_path):
    style = library.add(information("Waves"), tensors)
    library.export("Waves", tmp_path / "copy.scumble")
    write_style_file(tmp_path / "other.scumble", information("Waves"), {"code": tensors["code"] + 1})
    write_style_file(tmp_path / "text.scumble", information("Waves", description="other"), tensors)

    assert is_same_style(style.path, tmp_path / "copy.scumble")
    assert not is_same_style(style.path, tmp_path / "other.scumble")
    assert not is_same_style(style.path, tmp_path / "text.scumble")
