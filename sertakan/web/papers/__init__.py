"""What papers say, gathered from the records: the one place for bills, receipts, cards, annexes.

Each function takes a record that the caller may show, asks a constant number of queries, and gives
the dataclass that `sertakan.documents` sets. Letters and minutes of claims are the branch's.
"""
