from hypothesis import given
from hypothesis import strategies as st

from sertakan.web.figures.small_cells import Group, is_small, publishable


def group(name, people, *path, sums=()):
    return Group(members=(name,), people=(people,), path=path, sums=sums)


def shown(*groups):
    return [(group.members, group.people[0]) for group in publishable(groups)]


def test_large_groups_stay_as_they_are():
    assert shown(group("Klegen", 5), group("Kelun", 612)) == [
        (("Klegen",), 5),
        (("Kelun",), 612),
    ]


def test_nobody_is_no_small_group():
    assert shown(group("Klegen", 0), group("Kelun", 612)) == [(("Klegen",), 0), (("Kelun",), 612)]


def test_a_small_group_joins_the_smallest_of_its_own_district():
    klegen = group("Klegen", 3, "35", "77", "01", "1003")
    kelun = group("Kelun", 60, "35", "77", "01", "1009")
    kartoharjo = group("Kartoharjo", 50, "35", "77", "01", "1008")
    taman = group("Taman", 9, "35", "77", "03", "1009")

    joined = publishable([klegen, kelun, kartoharjo, taman])

    assert [(one.members, one.people, one.path) for one in joined] == [
        (("Kelun",), (60,), kelun.path),
        (("Kartoharjo", "Klegen"), (53,), ("35", "77", "01")),
        (("Taman",), (9,), taman.path),
    ]


def test_a_small_group_does_not_hide_behind_an_empty_one():
    assert shown(group("Klegen", 3), group("Kelun", 0), group("Patihan", 40)) == [
        (("Kelun",), 0),
        (("Patihan", "Klegen"), 43),
    ]


def test_money_goes_with_its_people():
    small, large = group("Ratna", 2, sums=(403_200,)), group("PT Contoh", 40, sums=(8_064_000,))

    assert [one.sums for one in publishable([small, large])] == [(8_467_200,)]


def test_nothing_is_shown_where_all_together_are_too_few():
    assert publishable([group("Klegen", 2), group("Kelun", 2)]) is None
    assert publishable([]) == []


def test_a_second_count_may_be_the_small_one():
    covered_few = Group(members=("Klegen",), people=(40, 2))
    covered_many = Group(members=("Kelun",), people=(50, 48))

    assert [one.people for one in publishable([covered_few, covered_many])] == [(90, 50)]


counts = st.integers(0, 12)
groups = st.lists(
    st.tuples(counts, counts, st.integers(0, 2), st.integers(0, 10**9)), max_size=12
).map(
    lambda rows: [
        Group((str(number),), (max(a, b), min(a, b)), (str(part), str(number)), (rupiah,))
        for number, (a, b, part, rupiah) in enumerate(rows)
    ]
)


@given(groups)
def test_whatever_comes_nothing_small_is_shown_and_nothing_is_lost(given_groups):
    published = publishable(given_groups)

    if published is None:
        assert any(is_small(sum(group.people[n] for group in given_groups)) for n in (0, 1))
        return
    assert not any(is_small(count) for group in published for count in group.people)
    for number in (0, 1):
        before = sum(group.people[number] for group in given_groups)
        assert sum(group.people[number] for group in published) == before
    assert sum(group.sums[0] for group in published) == sum(g.sums[0] for g in given_groups)
    members = [name for group in published for name in group.members]
    assert sorted(members) == sorted(name for group in given_groups for name in group.members)
