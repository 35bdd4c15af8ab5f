"""The analyst's table of the ledger: what is asked, its rows, groups, columns and views."""
