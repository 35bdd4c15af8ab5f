"""One module an event family: how each type is told in text."""
