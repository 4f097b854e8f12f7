"""The comparisons of the registry's linkage: their levels, and each level in words.

A comparison is a list of levels, tried from the first; a level is a combination of relations
(`relations.py`). Splink gets them as SQL, `score_pair` as Python, both from this one table. The
weights are in `model.json`.

NIK, birth date and household are one comparison: a NIK tells the birth date, and twins share
both it and the household, so that apart they would count the same thing twice.
"""

from typing import NamedTuple

from sertakan.rosters.linkage.relations import Relations

SQL = {
    "nik": "nik_relation(nik_l, nik_r)",
    "birth": "birth_relation(birth_date_l, birth_date_r)",
    "household": (
        "household_relation(door_relation("
        "told(street_l, street_r, street_alike(street_l, street_r)), "
        "told(house_l, house_r, house_l = house_r), "
        "told(rt_l, rt_r, rt_l = rt_r), told(rw_l, rw_r, rw_l = rw_r)), "
        "phone_l, phone_r, mother_l, mother_r)"
    ),
    "name": (
        "name_relation(words_l, initials_l, known_l, starts_l, letters_l, "
        "words_r, initials_r, known_r, starts_r, letters_r)"
    ),
    "sex": "sex_relation(sex_l, sex_r)",
}


class Level(NamedTuple):
    """One level: the relations that it needs (several allowed for one), and its words."""

    name: str
    indonesian: str
    english: str
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    says_nothing: bool = False

    def holds(self, found: Relations) -> bool:
        """Whether the two records are so to each other."""
        return all(getattr(found, relation) in words for relation, words in self.needs)

    def sql(self) -> str:
        """The same as a condition of DuckDB; the last level of a comparison is ELSE."""
        if not self.needs:
            return "ELSE"
        return " AND ".join(
            f"{SQL[relation]} IN ({', '.join(repr(word) for word in words)})"
            for relation, words in self.needs
        )


class Comparison(NamedTuple):
    """What is compared, in words, and how it may come out."""

    name: str
    indonesian: str
    english: str
    levels: tuple[Level, ...]


def _level(name: str, indonesian: str, english: str, /, **needs: str) -> Level:
    split = tuple((relation, tuple(words.split())) for relation, words in needs.items())
    return Level(name, indonesian, english, split)


def _silent(name: str, indonesian: str, english: str, /, **needs: str) -> Level:
    return _level(name, indonesian, english, **needs)._replace(says_nothing=True)


IDENTITY = Comparison(
    "identity",
    "NIK, tanggal lahir, dan rumah tangga",
    "NIK, birth date and household",
    (
        _silent(
            "unknown",
            "NIK, tanggal lahir, dan rumah tangga tidak diketahui.",
            "NIK, birth date and household are not known.",
            nik="unknown", birth="unknown", household="unknown",
        ),
        _level(
            "same_nik_same_birth",
            "NIK dan tanggal lahir sama.",
            "The NIK and the birth date are the same.",
            nik="same", birth="same",
        ),
        _level(
            "same_nik",
            "NIK sama, tanggal lahir berbeda atau tidak diketahui.",
            "The NIK is the same, the birth date differs or is not known.",
            nik="same",
        ),
        _level(
            "neighbour_same_birth_same_household",
            "Lahir pada hari yang sama, nomor urut NIK berdekatan, alamat, telepon, atau nama ibu "
            "sama: bisa salah ketik, bisa juga saudara kembar.",
            "Born on one day, serials of the NIK side by side, the same address, phone or mother: "
            "a slip of a key, or twins.",
            nik="neighbour", birth="same", household="same",
        ),
        _level(
            "neighbour_same_birth",
            "Lahir pada hari yang sama, nomor urut NIK berdekatan, rumah tangga tidak diketahui.",
            "Born on one day, serials of the NIK side by side, households not known.",
            nik="neighbour", birth="same", household="unknown",
        ),
        _level(
            "neighbour_same_birth_other_household",
            "Lahir pada hari yang sama, nomor urut NIK berdekatan, rumah tangga berbeda.",
            "Born on one day, serials of the NIK side by side, another household.",
            nik="neighbour", birth="same",
        ),
        _level(
            "slip_same_birth_same_household",
            "NIK berbeda satu atau dua ketikan, tanggal lahir dan alamat, telepon, atau nama ibu "
            "sama.",
            "The NIK differs by a key or two; the birth date and the address, phone or mother are "
            "the same.",
            nik="slip two_slips", birth="same", household="same",
        ),
        _level(
            "slip_same_birth",
            "NIK berbeda satu ketikan, tanggal lahir sama.",
            "The NIK differs by one key; the birth date is the same.",
            nik="slip", birth="same",
        ),
        _level(
            "two_slips_same_birth",
            "NIK berbeda dua ketikan, tanggal lahir sama.",
            "The NIK differs by two keys; the birth date is the same.",
            nik="two_slips", birth="same",
        ),
        _level(
            "same_birth_same_household",
            "NIK lain, tetapi tanggal lahir dan alamat, telepon, atau nama ibu sama.",
            "Another NIK, but the birth date and the address, phone or mother are the same.",
            birth="same", household="same",
        ),
        _level(
            "same_birth",
            "NIK lain, tanggal lahir sama, rumah tangga tidak diketahui.",
            "Another NIK, the same birth date, households not known.",
            birth="same", household="unknown",
        ),
        _level(
            "same_birth_other_household",
            "NIK lain, tanggal lahir sama, rumah tangga berbeda.",
            "Another NIK, the same birth date, another household.",
            birth="same",
        ),
        _level(
            "near_nik_same_household",
            "NIK hampir sama, tanggal lahir berbeda atau tidak diketahui, alamat, telepon, atau "
            "nama ibu sama.",
            "Nearly the same NIK, the birth date differs or is not known; the same address, phone "
            "or mother.",
            nik="slip two_slips neighbour", household="same",
        ),
        _level(
            "slip",
            "NIK berbeda satu ketikan, tanggal lahir tidak diketahui.",
            "The NIK differs by one key; a birth date is not known.",
            nik="slip", birth="unknown",
        ),
        _level(
            "near_nik",
            "NIK hampir sama, selebihnya berbeda atau tidak diketahui.",
            "Nearly the same NIK; the rest differs or is not known.",
            nik="slip two_slips neighbour",
        ),
        _level(
            "near_birth_same_household",
            "NIK lain, tanggal lahir hampir sama, alamat, telepon, atau nama ibu sama.",
            "Another NIK, nearly the same birth date, the same address, phone or mother.",
            birth="near", household="same",
        ),
        _level(
            "same_household",
            "Hanya alamat, telepon, atau nama ibu yang sama.",
            "Only the address, the phone or the mother is the same.",
            household="same",
        ),
        _level(
            "nothing",
            "NIK, tanggal lahir, dan rumah tangga berbeda.",
            "NIK, birth date and household differ.",
        ),
    ),
)  # fmt: skip

NAME = Comparison(
    "name",
    "Nama",
    "Name",
    (
        _silent("unknown", "Nama tidak diketahui.", "A name is not known.", name="unknown"),
        _level(
            "same_three_words",
            "Nama sama, tiga kata atau lebih.",
            "The same name of three words or more.",
            name="same_three_words",
        ),
        _level(
            "same_two_words",
            "Nama sama, dua kata.",
            "The same name of two words.",
            name="same_two_words",
        ),
        _level(
            "same_rare_word",
            "Nama sama, satu kata yang jarang.",
            "The same name, one rare word.",
            name="same_rare_word",
        ),
        _level(
            "same_known_word",
            "Nama sama, satu kata yang lazim.",
            "The same name, one common word.",
            name="same_known_word",
        ),
        _level(
            "same_letters",
            "Nama sama, urutan atau spasi berbeda.",
            "The same name in other order or spacing.",
            name="same_letters",
        ),
        _level(
            "two_words_others_left_out",
            "Dua kata nama sama; selebihnya disingkat atau tidak ditulis.",
            "Two words of the name are the same; the rest is an initial or left out.",
            name="two_words_others_left_out",
        ),
        _level(
            "one_word_others_left_out",
            "Satu kata nama sama; selebihnya disingkat atau tidak ditulis.",
            "One word of the name is the same; the rest is an initial or left out.",
            name="one_word_others_left_out",
        ),
        _level(
            "slip_beside_same_word",
            "Satu kata nama sama, kata lain berbeda satu ketikan.",
            "One word of the name is the same, another differs by a key.",
            name="slip_beside_same_word",
        ),
        _level(
            "slip",
            "Nama berbeda satu atau dua ketikan.",
            "The name differs by a key or two.",
            name="slip nearly_same_letters",
        ),
        _level(
            "two_names_a_letter_apart",
            "Dua nama yang memang berlainan, selisih satu huruf (seperti Rina dan Rini).",
            "Two names in their own right, a letter apart (as Rina and Rini).",
            name="two_names_a_letter_apart",
        ),
        _level(
            "shared_word",
            "Satu kata nama sama, kata lain berbeda.",
            "One word of the name is the same, another differs.",
            name="shared_word",
        ),
        _level("other", "Nama berbeda.", "The names differ."),
    ),
)

SEX = Comparison(
    "sex",
    "Jenis kelamin",
    "Sex",
    (
        _silent(
            "unknown", "Jenis kelamin tidak diketahui.", "The sex is not known.", sex="unknown"
        ),
        _level("same", "Jenis kelamin sama.", "The sex is the same.", sex="same"),
        _level("other", "Jenis kelamin berbeda.", "The sex differs."),
    ),
)

COMPARISONS = (IDENTITY, NAME, SEX)
