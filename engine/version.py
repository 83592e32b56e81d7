"""The one place that holds Scumble's version. Imports nothing: the build reads it too."""

__version__ = "0.1.0"
