"""The law tests read source files through one helper; importlib mode wants its folder named."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
