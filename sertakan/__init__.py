"""SERTAKAN: the open system in which sponsors insure the informal workers around them."""
