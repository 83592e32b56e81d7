"""Data that ships with Scumble: base model, built-in styles, sample pictures, icons, translations."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BASE_MODEL = FOLDER / "base_model.safetensors"
PERCEPTUAL_NETWORK = FOLDER / "perceptual_network.safetensors"
BUILT_IN_STYLES = FOLDER / "styles"
SAMPLES = FOLDER / "samples"
ICONS = FOLDER / "icons"
TRANSLATIONS = FOLDER / "translations"
LICENCES = FOLDER / "licences"
