"""Run the commands as ``python -m chokepoint``."""

from chokepoint.cli import main

if __name__ == "__main__":
    main()
