"""The program with a console: the commands, and the window. PyInstaller starts here.

On Linux the window's own program is another name of this one.
"""

import sys
from pathlib import Path

from desktop_app.main import main, main_window

sys.exit(main_window() if Path(sys.argv[0]).name == "scumble-window" else main())
