"""Writes what ships as a bill of materials in the form of CycloneDX, so that others can look for known faults in it."""

from __future__ import annotations

import json
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as BillComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from desktop_app.licences import SHIPPED, Component, components
from engine.version import __version__


def shipped_in(bundle: Path) -> list[Component]:
    """Return the components that the bundle itself tells; those installed here if it tells none."""
    for path in bundle.rglob(SHIPPED.name):
        return [Component(**values) for values in json.loads(path.read_bytes())]
    return components()


def bill_of(found: list[Component]) -> Bom:
    """Return the bill: Scumble, and the components that it consists of."""
    bill = Bom()
    bill.metadata.component = BillComponent(name="scumble", version=__version__, type=ComponentType.APPLICATION)
    parts = [_part(each) for each in found if each.title != "Scumble"]
    bill.components.update(parts)
    bill.register_dependency(bill.metadata.component, parts)
    return bill


def _part(component: Component) -> BillComponent:
    version = component.version.partition("+")[0] if component.package else component.version
    name = component.package or component.title
    kind = "pypi" if component.package else "generic"
    return BillComponent(
        name=name,
        version=version or None,
        type=ComponentType.LIBRARY,
        licenses=[DisjunctiveLicense(name=component.licence)] if component.licence else None,
        purl=PackageURL(kind, name=name, version=version or None),
        bom_ref=f"{kind}:{name}",
    )


def write_bill(bundle: Path, path: Path) -> None:
    """Write the bill of a bundle as JSON."""
    outputter = make_outputter(bill_of(shipped_in(bundle)), OutputFormat.JSON, SchemaVersion.V1_6)
    outputter.output_to_file(str(path), allow_overwrite=True, indent=1)
