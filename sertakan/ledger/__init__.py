"""Double entry in whole rupiah; nothing is rubbed out."""
