"""Names of people, tidied: single spaces, titles set apart. The letters stay as they were
written."""

import polars as pl

from sertakan.rosters.reading.sheets import plain_column

_BEFORE = (
    r"^(?i:(?:(?:k\.?h|hj|h|drs|dra|drg|dr|ir|prof|bpk|bp|bapak|pak|ibu|bu|sdri|sdr|saudari|saudara"
    r"|tn|tuan|ny|nyonya|nn|nona|tgh|tgkh|ust|ustadz|ustad|ustaz|ustadzah|kyai|kiai|nyai|haji|hajjah|hajah"
    r"|mbah|alm|almh|almarhumah|almarhum|pdt|pendeta)(?:\.\s*|\s+))+)"
)
_DEGREE = (
    r"(?:s\.?\s?(?:pd\.?(?:\s?[ik]|\s?sd|\s?aud)?|sos\.?(?:\s?i)?|h\.?(?:\s?i)?|e\.?(?:\s?[iy])?|t\.?(?:\s?p)?"
    r"|kom|ag|ip|km|kep|ked|si|s|sn|p|pt|pi|hut|farm|gz|psi|hum|th|ap|ak|st|tr\.?\s?(?:keb|kes|kep)?)"
    r"|a\.?\s?md\.?(?:\s?(?:keb|kep|kom|ak))?|a\.?\s?ma\.?(?:\s?pd)?|m\.?\s?(?:pd\.?(?:\s?i)?|si|m|h\.?(?:\s?i)?|kes|ag|t|kom|hum|ap|ba|sc|e)"
    r"|ners|ns|apt|b\.?\s?(?:a|sc)|lc|ph\.?d|dipl?|cpns|pns|alm|almh)"
)
_AFTER_COMMA = rf"(?i:(?:\s*[,;]\s*{_DEGREE}\.?)+\s*)$"
_AFTER_SPACE = (
    r"(?:\s+(?i:s\.\s?(?:pd\.?(?:\s?[ik])?|sos|h|e|t|kom|ag|ip|km|kep|si|s|p|pt|psi)|a\.\s?md(?:\.?\s?(?:keb|kep))?"
    r"|m\.\s?(?:pd|si|m|h|kes|ag|t)|amd|spd|ssos|skm|skom)\.?|\s+(?:SE|SH|ST))+\s*$"
)
_NOT_A_LETTER = r"^[^\p{L}]*$"
_NO_NAME = r"^(?i:tidak ada|belum ada|kosong|nihil|tanpa nama|n\s*/\s*a|na|x+|null|none)$"


def with_names(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `name` (empty where there is none) and `titles` from `name_cell`."""
    single_spaced = plain_column(pl.col("name_cell")).str.replace_all(r"[\s\p{Z}\p{Cf}]+", " ")
    rows = rows.with_columns(_full=single_spaced.str.strip_chars(" \t.,;'`\"-–*"))
    rows = rows.with_columns(_full=_or_nothing(pl.col("_full")))
    rows = rows.with_columns(_begun=pl.col("_full").str.replace(_BEFORE, ""))
    bare = pl.col("_begun").str.replace(_AFTER_COMMA, "").str.replace(_AFTER_SPACE, "")
    rows = rows.with_columns(_bare=bare)
    has_letters = ~pl.col("_bare").str.contains(_NOT_A_LETTER)
    name = pl.when(has_letters).then(pl.col("_bare").str.strip_chars(" .,;"))
    return rows.with_columns(
        name=name.otherwise(pl.col("_full")),
        titles=pl.when(has_letters).then(_titles()).otherwise(pl.lit("")),
    ).drop("_full", "_begun", "_bare")


def _or_nothing(name: pl.Expr) -> pl.Expr:
    none = name.str.contains(_NOT_A_LETTER) | name.str.contains(_NO_NAME)
    return pl.when(none).then(pl.lit("")).otherwise(name)


def _titles() -> pl.Expr:
    """What was taken off in front and behind."""
    full, begun, bare = pl.col("_full"), pl.col("_begun"), pl.col("_bare")
    before = full.str.slice(0, full.str.len_chars() - begun.str.len_chars()).str.strip_chars()
    after = begun.str.slice(bare.str.len_chars()).str.strip_chars(" ,;")
    return pl.concat_str(before, after, separator=" ").str.strip_chars()
