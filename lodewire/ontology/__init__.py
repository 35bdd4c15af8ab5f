"""What the field is made of: commodities, countries, organisations, sites, units, events, desks."""
