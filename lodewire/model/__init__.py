"""The frozen types that pass between stages. Import from the modules themselves."""
