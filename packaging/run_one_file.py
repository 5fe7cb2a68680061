"""What the executable file runs; qtdigits.frozen makes its parts importable first."""

import sys

from qtdigits.frozen.start import main

sys.exit(main())
