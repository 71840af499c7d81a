"""`python -m desktop`, the same as the console script `budgetdesk`."""

import sys

from desktop.cli import main

sys.exit(main())
