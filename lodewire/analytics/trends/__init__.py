"""What moves over time: activity of the ledger, prices with their seasons, anomalies, forecasts.

Pure functions over rows and prices passed in; nothing here reads a ledger, a table or a clock.
"""
