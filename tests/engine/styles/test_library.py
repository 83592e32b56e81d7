import threading

import pytest

from engine.api import StyleError
from engine.styles import StyleLibrary, read_style_information, write_style_file


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
