"""Prices, trends, costs, forecasts and the charts of them."""
