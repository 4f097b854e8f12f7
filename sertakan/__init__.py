"""SERTAKAN: the open system with which sponsors pay for the social insurance of informal workers."""
