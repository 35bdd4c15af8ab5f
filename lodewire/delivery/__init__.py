"""Getting the brief to people: addresses, links, waves, messages and messengers."""
