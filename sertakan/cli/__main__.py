"""`python -m sertakan.cli` is `sertakan`."""

from sertakan.cli import main

main()
