"""The published file of the API (OpenAPI 3.0.3), and how it is made from the operations."""

from pathlib import Path

VERSION = "2026-11-28"  # of the API; a later one says what changed since
VERSION_HEADER = "Kizuki-Version"
PUBLISHED = Path(__file__).with_name("openapi.json")
