"""A log line: JSON, with where a fault was and not what it said."""

import json
import logging
import sys

import pytest

from serving.log import JsonLines


def line(
    logger: str, message: str, level: int = logging.INFO, **extra: object
) -> dict[str, object]:
    record = logging.getLogger(logger).makeRecord(
        logger, level, "there.py", 7, message, (), extra.get("exc_info"), None,  # type: ignore[arg-type]
        {"fields": extra.get("fields", {})},
    )  # fmt: skip
    said: dict[str, object] = json.loads(JsonLines().format(record))
    return said


def test_our_own_words_and_fields_are_written() -> None:
    said = line("kizuki", "request", fields={"status": 200})
    assert (said["event"], said["status"], said["level"]) == ("request", 200, "info")


def test_a_fault_is_told_by_its_kind_and_its_lines() -> None:
    try:
        raise ValueError("Hanako")
    except ValueError:
        said = line("kizuki", "a fault", logging.ERROR, exc_info=sys.exc_info())
    assert said["error"] == "ValueError"
    assert "test_a_fault_is_told" in str(said["where"])
    assert "Hanako" not in json.dumps(said)


@pytest.mark.parametrize(("logger", "level"), [("asyncio", 40), ("uvicorn.error", 10)])
def test_others_are_told_by_their_place(logger: str, level: int) -> None:
    assert line(logger, "Hanako", level)["event"] == "there:7"
