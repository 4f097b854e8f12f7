"""From an imported roster to days of promised cover: places, waiting list, ending, replacement."""
