"""A table's `region_id` names a region that exists: asked once a statement, for migrations.

A foreign key asks once a row, which at a million rows costs more than writing them. This keeps
the same rule, because a region never goes: `regions_region` refuses it (migration 0003).
"""


def known_region_sql(table: str) -> str:
    """SQL for a migration: refuse a `region_id` in `table` that no region has."""
    return "".join(
        f"""
        CREATE TRIGGER {table}_region_is_known_on_{verb} AFTER {verb} ON {table}
            REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION regions_are_known();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_region_is_known_on_{verb};
        """
        for verb in ("insert", "update")
    )


def known_region_reverse_sql(table: str) -> str:
    """SQL that undoes `known_region_sql(table)`, for a migration's way back."""
    return "".join(
        f"DROP TRIGGER {table}_region_is_known_on_{verb} ON {table};"
        for verb in ("insert", "update")
    )
