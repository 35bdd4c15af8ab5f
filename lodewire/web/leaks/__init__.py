"""The leak test: asks for everything as every tier, and looks for what the tier does not see."""
