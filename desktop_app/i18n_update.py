"""Brings the translations up to date: ``python -m desktop_app.i18n_update``. For developers, from a source tree.

Collects the texts of the window (``tr`` and ``QCoreApplication.translate``, with ``pyside6-lupdate``) and the templates
of the engine's errors and notices into ``resources/translations/scumble_<language>.ts``, keeps what is translated
already, and compiles every ``.ts`` to the ``.qm`` beside it (``pyside6-lrelease``). Translate the entries it lists as
unfinished in the ``.ts`` file, then run it again. Both files are committed.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from desktop_app.i18n import TRANSLATED
from resources import TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("engine", "desktop_app")
BASE_ERROR = "EngineError"
NOTICE = "Notice"


def error_templates(root: Path = ROOT) -> set[str]:
    """Return the first argument of every call of ``Notice`` or a subclass of ``EngineError`` in engine and window."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for package in PACKAGES for path in _sources(root / package)]
    names = _error_classes(trees) | {NOTICE}
    templates: set[str] = set()
    for tree in trees:
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            first = call.args[0] if call.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and _name_of(call.func) in names:
                templates.add(first.value)
        templates.update(_inherited_templates(tree, names))
    return templates


def _sources(package: Path) -> Iterator[Path]:
    return (path for path in sorted(package.rglob("*.py")) if "__pycache__" not in path.parts)


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _error_classes(trees: list[ast.Module]) -> set[str]:
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    names = {BASE_ERROR}
    while True:
        more = {node.name for node in classes if any(_name_of(base) in names for base in node.bases)} - names
        if not more:
            return names
        names |= more


def _inherited_templates(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """Yield the texts that an error class passes to ``super().__init__`` itself."""
    for definition in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in names):
        for call in (node for node in ast.walk(definition) if isinstance(node, ast.Call)):
            first = call.args[0] if call.args else None
            if _name_of(call.func) == "__init__" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name(tool)), *arguments], check=True)


def unfinished(ts_file: Path) -> list[str]:
    """Return the texts of a ``.ts`` file that have no finished translation, each with its context."""
    missing = []
    for context in ET.parse(ts_file).getroot().iter("context"):  # noqa: S314 (our own file)
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not translation.text:
                missing.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return missing


def collect(ts_file: Path, root: Path = ROOT) -> None:
    """Merge every text of the source tree into a ``.ts`` file; texts that are gone are dropped."""
    with tempfile.TemporaryDirectory() as folder:
        # lupdate knows translate(), not our errors: show it the same texts in the form it knows.
        engine_texts = Path(folder) / "engine_errors.py"
        lines = [f'QCoreApplication.translate("engine", {_quoted(text)})\n' for text in sorted(error_templates(root))]
        engine_texts.write_text("".join(lines), encoding="utf-8")
        sources = [str(path) for path in _sources(root / "desktop_app")]
        options = ("-no-obsolete", "-locations", "none", "-disable-heuristic", "similartext", "-silent")
        _run("pyside6-lupdate", *sources, str(engine_texts), *options, "-ts", str(ts_file))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main() -> int:
    complete = True
    for language in TRANSLATED:
        ts_file = TRANSLATIONS / f"scumble_{language}.ts"
        collect(ts_file)
        _run("pyside6-lrelease", "-silent", str(ts_file), "-qm", str(ts_file.with_suffix(".qm")))
        missing = unfinished(ts_file)
        complete = complete and not missing
        sys.stdout.write("\n  ".join([f"{ts_file.name}: {len(missing)} to translate", *missing]) + "\n")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
