"""How somebody is told elsewhere than by mail: one notice, and its form for each kind."""
