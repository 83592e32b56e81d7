"""Writes what ships as a bill of materials, CycloneDX 1.6, so that others can look for known faults in it."""

from __future__ import annotations

import json
import re
import urllib.parse
import uuid
from pathlib import Path
from typing import Any

from desktop_app.licences import SHIPPED, Component, components
from engine.version import __version__


def shipped_in(bundle: Path) -> list[Component]:
    """Return the components that the bundle itself tells; those installed here if it tells none."""
    for path in bundle.rglob(SHIPPED.name):
        return [Component(**values) for values in json.loads(path.read_bytes())]
    return components()


def bill_of(found: list[Component]) -> dict[str, Any]:
    """Return the bill: Scumble, and the components that it consists of."""
    program = {"bom-ref": "scumble", "type": "application", "name": "scumble", "version": __version__}
    parts = [_part(each) for each in found if each.title != "Scumble"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {"component": {**program, "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": parts,
        "dependencies": [{"ref": program["bom-ref"], "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def _part(component: Component) -> dict[str, Any]:
    version = component.version.partition("+")[0] if component.package else component.version  # torch's is 2.13.0+cpu
    kind = "pypi" if component.package else "generic"
    name = re.sub(r"[-_.]+", "-", component.package).lower() or component.title
    address = f"pkg:{kind}/{urllib.parse.quote(name, safe='')}"
    if version:
        address += f"@{urllib.parse.quote(version, safe='')}"
    part: dict[str, Any] = {"bom-ref": address, "type": "library", "name": name, "purl": address}
    if version:
        part["version"] = version
    if component.licence:
        part["licenses"] = [{"license": {"name": component.licence}}]
    return part


def write_bill(bundle: Path, path: Path) -> None:
    """Write the bill of a bundle as JSON."""
    path.write_text(json.dumps(bill_of(shipped_in(bundle)), indent=1), encoding="utf-8")
