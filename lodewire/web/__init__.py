"""The desk on the web: a public, read-only site over one ledger (decision 0027).

It reads ledger, reference, analytics and publish, never the pipeline: what only the pipeline can
join comes through :class:`lodewire.web.joined.Joined`, which the command line fills. Litestar and
uvicorn are the extra ``web``.
"""
