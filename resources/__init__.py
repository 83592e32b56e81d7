"""Data that ships with Scumble: base model, built-in styles, sample pictures, photos to practise on, icons,
translations.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BASE_MODEL = FOLDER / "base_model.safetensors"
PERCEPTUAL_NETWORK = FOLDER / "perceptual_network.safetensors"
BUILT_IN_STYLES = FOLDER / "styles"
SAMPLES = FOLDER / "samples"
PRACTICE = FOLDER / "practice"
ICONS = FOLDER / "icons"
TRANSLATIONS = FOLDER / "translations"
LICENCES = FOLDER / "licences"
