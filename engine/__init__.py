"""Scumble's engine: repaints a content image in the hand of a style image. No Qt in here."""
