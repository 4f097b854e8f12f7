"""Is this the same person? Within one import, across a whole registry, or at the counter."""
