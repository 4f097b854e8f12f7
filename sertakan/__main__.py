"""`python -m sertakan` is `sertakan`."""

from sertakan.cli import main

main()
