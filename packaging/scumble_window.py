"""The program without a console: the window. PyInstaller starts here."""

import sys

from desktop_app.main import main_window

sys.exit(main_window())
