"""The published file of the API (OpenAPI 3.0.3), and how it is made from the operations."""

from pathlib import Path

PUBLISHED = Path(__file__).with_name("openapi.json")
