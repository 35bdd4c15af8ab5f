"""The brief of a day, its context and corrections, and the receipts of both."""
