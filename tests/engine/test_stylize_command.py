"""``scumble stylize``, driven from outside: real files, a stylizer that only inverts colours."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.api import ModelError, Picture, ResultError, StyleError
from engine.cli import main
from engine.imaging import read_picture


def files_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# What comes out, and where


def test_a_result_is_written_where_it_was_asked_for(folder, stylizer, capsys):
    assert main(["stylize", "photo.jpg", "--style", "painting.png", "-o", "result.png"]) == 0
    expected = 255 - read_picture(folder / "photo.jpg").pixels
    assert np.array_equal(read_picture(folder / "result.png").pixels, expected)
    output, errors = capsys.readouterr()
    assert output.splitlines() == ["result.png  60 x 40, 0.25 s, cpu"]
    assert errors == ""


def test_without_an_output_the_result_lies_beside_the_picture(folder, stylizer):
    (folder / "holiday").mkdir()
    (folder / "photo.jpg").rename(folder / "holiday" / "photo.jpg")
    assert main(["stylize", "holiday/photo.jpg", "--style", "painting.png"]) == 0
    assert (folder / "holiday" / "photo__painting.png").is_file()


def test_a_folder_of_results_is_made_and_filled(folder, stylizer):
    command = [
        "stylize",
        "photo.jpg",
        "beach.png",
        "--style",
        "painting.png",
        "--output-dir",
        "a/b",
        "--format",
        "webp",
    ]
    assert main(command) == 0
    assert files_of(folder / "a") == ["b", "b/beach__painting.webp", "b/photo__painting.webp"]
    with Image.open(folder / "a/b/beach__painting.webp") as picture:
        assert picture.format == "WEBP"


def test_a_mix_has_both_styles_in_its_name(folder, stylizer, style_file):
    assert main(["stylize", "photo.jpg", "--style", "painting.png=2", "--style", "waves.scumble"]) == 0
    assert (folder / "photo__painting+waves.png").is_file()


def test_json_is_one_object(stylizer, capsys):
    command = ["stylize", "photo.jpg", "beach.png", "--style", "painting.png", "--output-dir", "out", "--json"]
    assert main([*command, "--max-side", "30"]) == 0
    output, errors = capsys.readouterr()
    answer = json.loads(output)
    first, second = str(Path("out/photo__painting.png")), str(Path("out/beach__painting.png"))
    assert answer["outputs"] == [first, second]
    assert answer["seconds"] == 0.5
    assert answer["device"] == "cpu"
    assert answer["size"] == [30, 20]
    assert [result["size"] for result in answer["results"]] == [[30, 20], [30, 30]]
    assert answer["failed"] == []
    assert errors == ""


def test_every_setting_reaches_the_request(folder, stylizer):
    Image.new("L", (5, 5), 255).save(folder / "mask.png")
    command = (
        "stylize photo.jpg --style painting.png=0.5 --strength 0.25 --keep-color 0.5 --detail 0.75 --style-scale 2"
    )
    assert main([*command.split(), "--max-side", "50", "--mask", "mask.png", "--device", "cpu"]) == 0
    (request,) = stylizer.requests
    assert (request.strength, request.keep_color, request.detail) == (0.25, 0.5, 0.75)
    assert (request.style_scale, request.max_side) == (2, 50)
    assert isinstance(request.mask, Picture)
    assert request.mask.width == 5
    assert request.styles[0].weight == 0.5
    assert np.array_equal(request.styles[0].style.pixels, read_picture(folder / "painting.png").pixels)
    assert stylizer.devices == ["cpu"]


def test_the_settings_are_written_into_the_result(folder, stylizer):
    assert main(["stylize", "photo.jpg", "--style", "painting.png", "--strength", "0.25", "-o", "result.png"]) == 0
    with Image.open(folder / "result.png") as picture:
        texts = " ".join(str(value) for value in picture.info.values() if isinstance(value, str))
    assert "painting.png" in texts
    assert "0.25" in texts


def test_why_a_faster_device_was_not_used_is_told_once(stylizer, capsys):
    stylizer.notes = ("cuda:0 cannot be used: no kernel.",)
    assert main(["stylize", "photo.jpg", "beach.png", "--style", "painting.png", "--output-dir", "out"]) == 0
    assert capsys.readouterr().err.splitlines() == ["scumble: cuda:0 cannot be used: no kernel."]


# What STYLE may be


def test_a_style_of_the_library_is_found_by_name_whatever_its_case(folder, stylizer, style_file):
    assert main(["styles", "import", "waves.scumble"]) == 0
    assert main(["stylize", "photo.jpg", "--style", "great waves=0.5"]) == 0
    assert stylizer.requests[0].styles[0].style == "Great Waves"
    assert stylizer.requests[0].styles[0].weight == 0.5
    assert (folder / "photo__Great Waves.png").is_file()


def test_a_file_whose_name_contains_an_equals_sign_is_that_file(folder, stylizer):
    (folder / "painting.png").rename(folder / "mood=2.png")
    assert main(["stylize", "photo.jpg", "--style", "mood=2.png", "-o", "a.png"]) == 0
    assert main(["stylize", "photo.jpg", "--style", "mood=2.png=3", "-o", "b.png"]) == 0
    assert [request.styles[0].weight for request in stylizer.requests] == [1, 3]


def test_a_style_of_the_library_whose_name_contains_an_equals_sign(stylizer, make_style_file):
    make_style_file("odd.scumble", "Mood=2")
    assert main(["styles", "import", "odd.scumble"]) == 0
    assert main(["stylize", "photo.jpg", "--style", "Mood=2", "-o", "a.png"]) == 0
    assert stylizer.requests[0].styles[0].style == "Mood=2"
    assert stylizer.requests[0].styles[0].weight == 1


@pytest.mark.parametrize("weight", ["heavy", "", "1,5", "nan", "inf", "-1", "0"])
def test_a_bad_weight_is_wrong_usage(weight, stylizer, assert_refused):
    command = ["stylize", "photo.jpg", "--style", f"painting.png={weight}", "-o", "result.png"]
    assert_refused(command, 2, ["weight"])


def test_a_weight_without_a_style_is_wrong_usage(stylizer, assert_refused):
    assert_refused(["stylize", "photo.jpg", "--style", "=0.5"], 2, ["names no style"])


@pytest.mark.parametrize("style", ["missing.png", "missing.scumble", "folder/missing", "No Such Style"])
def test_a_style_that_is_nowhere(style, stylizer, assert_refused):
    assert_refused(["stylize", "photo.jpg", "--style", style], 1, [style])
    assert stylizer.requests == []


@pytest.mark.parametrize("name", ["text.jpg", "empty.png", "."])
def test_a_style_that_is_no_picture_is_told_once_for_many_pictures(name, folder, stylizer, assert_refused):
    (folder / "text.jpg").write_text("no picture")
    (folder / "empty.png").write_bytes(b"")
    command = ["stylize", "photo.jpg", "beach.png", "--style", name, "--output-dir", "new"]
    assert_refused(command, 1)


def test_a_format_that_fits_the_name_is_no_contradiction(stylizer):
    assert main(["stylize", "photo.jpg", "--style", "painting.png", "-o", "a.jpeg", "--format", "jpg"]) == 0
    assert main(["stylize", "photo.jpg", "--style", "painting.png", "-o", "a.TIFF", "--format", "tif"]) == 0


def test_an_unknown_device_is_wrong_usage(assert_refused):
    """The real stylizer: it refuses the device before it looks for the base model."""
    command = ["stylize", "photo.jpg", "--style", "painting.png", "--device", "banana", "--output-dir", "new"]
    assert_refused(command, 2, ["banana is no device"])


# Outputs that would do harm


def test_an_output_that_exists_is_refused_before_any_work(folder, stylizer, assert_refused):
    (folder / "beach__painting.png").write_bytes(b"mine")
    command = ["stylize", "photo.jpg", "beach.png", "--style", "painting.png"]
    assert_refused(command, 1, ["beach__painting.png"])
    assert stylizer.requests == []
    assert main([*command, "--overwrite"]) == 0
    assert read_picture(folder / "beach__painting.png").width == 30


@pytest.mark.parametrize("output", ["photo.jpg", "painting.png", "mask.png", "./photo.jpg"])
def test_a_picture_that_was_given_is_never_replaced(output, folder, stylizer, assert_refused):
    Image.new("L", (5, 5), 255).save(folder / "mask.png")
    command = ["stylize", "photo.jpg", "--style", "painting.png", "--mask", "mask.png", "-o", output, "--overwrite"]
    assert_refused(command, 2, ["would be replaced"])


def test_a_link_to_a_given_picture_is_never_replaced(folder, stylizer, assert_refused):
    os.link(folder / "photo.jpg", folder / "link.jpg")
    command = ["stylize", "photo.jpg", "--style", "painting.png", "-o", "link.jpg", "--overwrite"]
    assert_refused(command, 2, ["would be replaced"])


@pytest.mark.parametrize("second", ["photo.png", "Photo.png"])
def test_two_pictures_for_one_result_are_refused(second, folder, stylizer, assert_refused):
    (folder / "other").mkdir()
    (folder / "beach.png").rename(folder / "other" / second)
    command = ["stylize", "photo.jpg", f"other/{second}", "--style", "painting.png", "--output-dir", "out"]
    assert_refused(command, 2, ["photo.jpg", second, "both"])


def test_a_folder_of_results_that_is_a_file(stylizer, assert_refused):
    command = ["stylize", "photo.jpg", "--style", "painting.png", "--output-dir", "beach.png"]
    assert_refused(command, 1, ["beach.png"])


@pytest.mark.parametrize("output", ["missing/a.png", "a.gif", "a", "photo.jpg/a.png"])
def test_an_output_that_cannot_be_written(output, stylizer, assert_refused):
    assert_refused(["stylize", "photo.jpg", "--style", "painting.png", "-o", output], 1)
    assert stylizer.requests == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("output", [["-o", "locked/a.png"], ["--output-dir", "locked"], ["--output-dir", "locked/new"]])
def test_a_folder_that_is_read_only(output, folder, stylizer, assert_refused):
    (folder / "locked").mkdir(mode=0o500)
    assert_refused(["stylize", "photo.jpg", "--style", "painting.png", *output], 1, ["locked"])
    assert stylizer.requests == []


# Pictures that cannot be stylized


def make_bad_picture(folder, kind):
    path = folder / f"{kind}.jpg"
    match kind:
        case "text":
            path.write_text("no picture")
        case "empty":
            path.write_bytes(b"")
        case "truncated":
            data = (folder / "photo.jpg").read_bytes()
            path.write_bytes(data[: len(data) // 2])
        case "folder":
            path.mkdir()
    return path.name


@pytest.mark.parametrize("kind", ["text", "empty", "truncated", "folder", "missing"])
def test_a_bad_picture_alone(kind, folder, stylizer, assert_refused):
    name = make_bad_picture(folder, kind)
    command = ["stylize", name, "--style", "painting.png", "--output-dir", "new/results"]
    assert_refused(command, 1, [kind])


@pytest.mark.parametrize("kind", ["text", "empty", "truncated", "folder", "missing"])
def test_a_bad_picture_does_not_cost_the_others(kind, folder, stylizer, capsys):
    name = make_bad_picture(folder, kind)
    command = ["stylize", "photo.jpg", name, "beach.png", "--style", "painting.png", "--output-dir", "out"]
    assert main([*command, "--json"]) == 1
    assert files_of(folder / "out") == ["beach__painting.png", "photo__painting.png"]
    output, errors = capsys.readouterr()
    answer = json.loads(output)
    assert len(answer["outputs"]) == 2
    assert answer["failed"] == [{"content": name, "error": errors.removeprefix("scumble: ").rstrip("\n")}]
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize("kind", ["text", "missing"])
def test_a_bad_mask(kind, folder, stylizer, assert_refused):
    name = make_bad_picture(folder, kind)
    assert_refused(["stylize", "photo.jpg", "--style", "painting.png", "--mask", name], 1, [kind])
    assert stylizer.requests == []


def test_a_result_that_is_no_picture_is_not_written(stylizer, assert_refused):
    stylizer.failures["photo.jpg"] = ResultError("The result is one flat colour. Try another style.")
    assert_refused(["stylize", "photo.jpg", "--style", "painting.png"], 1, ["flat colour"])


@pytest.mark.parametrize(
    "error", [StyleError("Of another base model. Make it anew."), ModelError("Damaged. Install again.")]
)
def test_what_concerns_every_picture_is_told_once(error, stylizer, assert_refused):
    stylizer.failures["photo.jpg"] = error
    command = ["stylize", "photo.jpg", "beach.png", "--style", "painting.png", "--output-dir", "out"]
    assert_refused(command, 1, [str(error)])
    assert len(stylizer.requests) == 1


def test_a_fault_of_the_program_is_one_line_and_a_traceback_in_the_log(stylizer, capsys, assert_refused):
    stylizer.failures["photo.jpg"] = ZeroDivisionError("the cause")
    assert_refused(["stylize", "photo.jpg", "--style", "painting.png"], 1, ["ZeroDivisionError", "log"])
    stylizer.failures["photo.jpg"] = ZeroDivisionError("the cause")
    main(["stylize", "photo.jpg", "--style", "painting.png"])
    log = Path(capsys.readouterr().err.split()[-1])
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "the cause" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_changes_nothing(folder, stylizer, monkeypatch, capsys):
    for name in ("HOME", "XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(folder / "photo.jpg"))  # no folder can be made below a file
    stylizer.failures["beach.png"] = ZeroDivisionError("the cause")
    assert main(["stylize", "beach.png", "photo.jpg", "--style", "painting.png"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / "photo__painting.png").is_file()


def test_an_interrupt_ends_with_one_line_and_keeps_what_is_done(folder, stylizer, capsys):
    stylizer.failures["beach.png"] = KeyboardInterrupt()
    assert main(["stylize", "photo.jpg", "beach.png", "--style", "painting.png", "--output-dir", "out"]) == 130
    assert capsys.readouterr().err == "scumble: Stopped.\n"
    assert files_of(folder / "out") == ["photo__painting.png"]


def test_an_interrupt_before_the_first_result_leaves_nothing(stylizer, assert_refused):
    stylizer.failures["photo.jpg"] = KeyboardInterrupt()
    assert_refused(["stylize", "photo.jpg", "--style", "painting.png", "--output-dir", "a/b"], 130, ["Stopped"])


def test_a_format_too_small_for_the_result_is_refused_before_the_work(folder, stylizer, assert_refused):
    Image.new("RGB", (17000, 20)).save(folder / "wide.png")
    assert_refused(["stylize", "wide.png", "--style", "painting.png", "-o", "wide.webp"], 1, ["WEBP", "16383"])
    assert stylizer.requests == []
    assert main(["stylize", "wide.png", "--style", "painting.png", "-o", "wide.webp", "--max-side", "500"]) == 0
