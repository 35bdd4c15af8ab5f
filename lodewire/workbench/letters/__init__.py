"""Subscribers, campaigns and the sending of them."""
