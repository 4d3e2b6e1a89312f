"""``python -m zmpwatch``."""

from zmpwatch.cli import main

if __name__ == "__main__":
    main()
