"""Applying styles to pictures."""

from engine.stylization.stylizer import Stylizer

__all__ = ["Stylizer"]
