"""Parcels that a case waits for, checked each day until they arrive (domain.md, "Problem by problem")."""
