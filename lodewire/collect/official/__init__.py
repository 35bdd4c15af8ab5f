"""Official services: asked with the user's own key, on the user's own machine, through the guard.

One file a service says what is asked and how its pages follow one another; what the bytes mean
stands in ``lodewire.reference.loaders``.
"""
