"""Reports: their parts, what an editor adds, and their forms (JSON, HTML, PDF by typst)."""
