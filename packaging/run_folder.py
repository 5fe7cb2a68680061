"""What the executable in the folder runs: there everything lies unpacked already."""

import os
import sys
from pathlib import Path

from qtdigits.__main__ import main
from qtdigits.frozen.surroundings import settle

settle(os.environ, Path(sys.executable).parent / "_internal")
sys.exit(main())
