"""Names of places, short enough for where they stand."""

DIRECTIONS = {
    "Utara": "Utr", "Selatan": "Sel", "Timur": "Tim", "Barat": "Bar", "Tengah": "Tgh",
}  # fmt: skip


def short_name(name: str, most: int) -> str:
    """The name in at most so many letters: directions, then first words, then its end go."""
    words = name.split()
    if _fits(words, most):
        return name
    words = [words[0], *(DIRECTIONS.get(word, word) for word in words[1:])]
    for number, word in enumerate(words[:-1]):
        if _fits(words, most):
            break
        words[number] = f"{word[0]}."
    short = " ".join(words)
    return short if len(short) <= most else f"{short[: most - 1].rstrip()}…"


def _fits(words: list[str], most: int) -> bool:
    return len(" ".join(words)) <= most
