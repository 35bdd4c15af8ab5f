"""Training of the learned part: ``make train`` writes the weights that the package ships."""
