"""Names of people, tidied: single spaces, titles set apart. The letters stay as they were
written."""

import polars as pl

from sertakan.rosters.reading.sheets import plain_column

_BEFORE = (
    r"^(?i:(?:(?:k\.?h|hj|h|drs|dra|drg|dr|ir|prof|bpk|bp|bapak|pak|ibu|bu|sdri|sdr|saudari|saudara"
    r"|tn|tuan|ny|nyonya|nn|nona|ust|ustadz|ustad|ustaz|ustadzah|kyai|kiai|nyai|haji|hajjah|hajah"
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
    squeezed = plain_column(pl.col("name_cell")).str.replace_all(r"[\s\p{Z}\p{Cf}]+", " ")
    rows = rows.with_columns(_full=squeezed.str.strip_chars(" \t.,;'`\"-–*"))
    rows = rows.with_columns(_full=_or_nothing(pl.col("_full")))
    name = pl.col("_full").str.replace(_BEFORE, "").str.replace(_AFTER_COMMA, "")
    name = name.str.replace(_AFTER_SPACE, "").str.strip_chars(" .,;")
    rows = rows.with_columns(_bare=name)
    has_letters = ~pl.col("_bare").str.contains(_NOT_A_LETTER)
    return (
        rows.with_columns(
            name=pl.when(has_letters).then(pl.col("_bare")).otherwise(pl.col("_full")),
        )
        .with_columns(titles=_titles())
        .drop("_full", "_bare")
    )


def _or_nothing(name: pl.Expr) -> pl.Expr:
    none = name.str.contains(_NOT_A_LETTER) | name.str.contains(_NO_NAME)
    return pl.when(none).then(pl.lit("")).otherwise(name)


def _titles() -> pl.Expr:
    before = pl.col("_full").str.extract(f"({_BEFORE})", 1).fill_null("").str.strip_chars()
    after_comma = pl.col("_full").str.extract(f"({_AFTER_COMMA})", 1).fill_null("")
    after_space = pl.col("_full").str.extract(f"({_AFTER_SPACE})", 1).fill_null("")
    after = (after_space + after_comma).str.strip_chars(" ,;")
    both = pl.concat_str([before, after], separator=" ").str.strip_chars()
    return pl.when(pl.col("name") == pl.col("_full")).then(pl.lit("")).otherwise(both)
