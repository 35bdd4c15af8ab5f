"""The only place that joins the stages: one page read alone, or a whole desk from feed to brief."""
