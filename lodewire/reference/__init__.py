"""Figures of others, each row with its public source, vintage, stage, unit and basis."""
