"""The process that sets one long paper and ends: content in at stdin, the PDF out at stdout.

python -m sertakan.documents.apart PAPER
"""

import sys

from sertakan.documents.typesetting import typeset

if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.argv[1], sys.stdin.buffer.read().decode()))
