"""Proxies: how well each column stands for a group that no feature may read."""
