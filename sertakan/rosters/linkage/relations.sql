-- How two people stand to each other, in a word each: what relations.py says, for DuckDB.
-- A test holds the two to the same answers.

CREATE OR REPLACE MACRO nik_relation(a, b) AS CASE
    WHEN a IS NULL OR b IS NULL THEN 'unknown'
    WHEN a = b THEN 'same'
    WHEN length(a) = 16 AND length(b) = 16
        AND substr(a, 1, 6) = substr(b, 1, 6)
        AND substr(a, 8, 5) = substr(b, 8, 5)
        AND try_cast(substr(a, 7, 1) AS INTEGER) % 4 = try_cast(substr(b, 7, 1) AS INTEGER) % 4
        AND abs(try_cast(substr(a, 13) AS INTEGER) - try_cast(substr(b, 13) AS INTEGER)) <= 20
        THEN 'neighbour'
    WHEN damerau_levenshtein(a, b) = 1 THEN 'slip'
    WHEN damerau_levenshtein(a, b) = 2 THEN 'two_slips'
    ELSE 'other'
END;

CREATE OR REPLACE MACRO birth_relation(a, b) AS CASE
    WHEN a IS NULL OR b IS NULL THEN 'unknown'
    WHEN a = b THEN 'same'
    WHEN (day(a) = day(b))::INTEGER + (month(a) = month(b))::INTEGER
        + (year(a) = year(b))::INTEGER = 2 THEN 'near'
    WHEN day(a) = month(b) AND month(a) = day(b) AND year(a) = year(b) THEN 'near'
    ELSE 'other'
END;

CREATE OR REPLACE MACRO street_alike(a, b) AS
    a = b
    OR (
        least(length(a), length(b)) >= 4
        AND (
            starts_with(a, b) OR starts_with(b, a)
            OR levenshtein(a, b) <= least(length(a), length(b)) // 4
        )
    );

-- 1 alike, -1 not, 0 where one of them does not tell.
CREATE OR REPLACE MACRO told(a, b, alike) AS
    CASE WHEN a = '' OR b = '' THEN 0 WHEN alike THEN 1 ELSE -1 END;

CREATE OR REPLACE MACRO door_relation(street, house, rt, rw) AS CASE
    WHEN house = -1 THEN 'other'
    WHEN (street = -1)::INTEGER + (rt = -1)::INTEGER + (rw = -1)::INTEGER
        > (street = 1)::INTEGER + (house = 1)::INTEGER + (rt = 1)::INTEGER + (rw = 1)::INTEGER
        THEN 'other'
    WHEN street = -1 OR rt = -1 OR rw = -1 THEN 'unknown'
    WHEN street + house >= 1 AND street + house + rt + rw >= 2 THEN 'same'
    ELSE 'unknown'
END;

CREATE OR REPLACE MACRO household_relation(door, phone_a, phone_b, mother_a, mother_b) AS CASE
    WHEN door = 'same' OR phone_a = phone_b THEN 'same'
    WHEN len(mother_a) > 0 AND len(mother_b) > 0
        AND (list_has_all(mother_a, mother_b) OR list_has_all(mother_b, mother_a)) THEN 'same'
    WHEN door = 'other' OR phone_a <> phone_b THEN 'other'
    WHEN len(mother_a) > 0 AND len(mother_b) > 0 THEN 'other'
    ELSE 'unknown'
END;

CREATE OR REPLACE MACRO words_only(a, b) AS list_filter(a, lambda word: NOT list_contains(b, word));

CREATE OR REPLACE MACRO is_slip(x, y) AS
    greatest(length(x), length(y)) >= 4
    AND damerau_levenshtein(x, y) <= CASE WHEN least(length(x), length(y)) < 10 THEN 1 ELSE 2 END;

CREATE OR REPLACE MACRO shared_name(words, known) AS CASE
    WHEN len(words) >= 3 THEN 'same_three_words'
    WHEN len(words) = 2 THEN 'same_two_words'
    WHEN len(known) = 0 THEN 'same_rare_word'
    ELSE 'same_known_word'
END;

-- only_a, only_b: words that the other name has not; shared: how many both have.
CREATE OR REPLACE MACRO unlike_names(only_a, only_b, known_a, known_b, shared, letters_a, letters_b) AS CASE
    WHEN len(only_a) = 1 AND len(only_b) = 1 AND is_slip(only_a[1], only_b[1]) THEN
        CASE
            WHEN list_contains(known_a, only_a[1]) AND list_contains(known_b, only_b[1])
                THEN 'two_names_a_letter_apart'
            WHEN shared > 0 THEN 'slip_beside_same_word'
            ELSE 'slip'
        END
    WHEN least(length(letters_a), length(letters_b)) >= 8
        AND levenshtein(letters_a, letters_b) <= 2 THEN 'nearly_same_letters'
    WHEN shared > 0 THEN 'shared_word'
    ELSE 'other'
END;

CREATE OR REPLACE MACRO lacks_nothing(only_a, initials_a, starts_b) AS
    len(only_a) = 0 AND list_has_all(starts_b, initials_a);

CREATE OR REPLACE MACRO name_relation(
    words_a, initials_a, known_a, starts_a, letters_a,
    words_b, initials_b, known_b, starts_b, letters_b
) AS CASE
    WHEN len(words_a) = 0 OR len(words_b) = 0 THEN 'unknown'
    WHEN words_a = words_b AND initials_a = initials_b THEN shared_name(words_a, known_a)
    WHEN letters_a = letters_b THEN 'same_letters'
    WHEN list_has_any(words_a, words_b) AND (
        lacks_nothing(words_only(words_a, words_b), initials_a, starts_b)
        OR lacks_nothing(words_only(words_b, words_a), initials_b, starts_a)
    ) THEN
        CASE WHEN len(list_intersect(words_a, words_b)) >= 2
            THEN 'two_words_others_left_out' ELSE 'one_word_others_left_out' END
    ELSE unlike_names(
        words_only(words_a, words_b), words_only(words_b, words_a),
        known_a, known_b, len(list_intersect(words_a, words_b)), letters_a, letters_b
    )
END;

CREATE OR REPLACE MACRO sex_relation(a, b) AS CASE
    WHEN a IS NULL OR b IS NULL THEN 'unknown'
    WHEN a = b THEN 'same'
    ELSE 'other'
END;
