"""What programs ask of a desk, answered from the ledger: the API and the assistants' server."""
