"""From documents to readings: mentions, quantities, dates, attribution, events, checks."""
