"""What the executable in the folder runs: there everything lies unpacked already."""

import sys

from qtdigits.__main__ import main

sys.exit(main())
