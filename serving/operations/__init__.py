"""Operations: all that can be asked over HTTP, from which routes and published file follow."""

from serving.operations import answers, cases, desk
from serving.operations.operation import GET, HTML, JSON, PDF, POST, Operation

__all__ = ["GET", "HTML", "JSON", "OPERATIONS", "PDF", "POST", "Operation"]

OPERATIONS = (*answers.OPERATIONS, *cases.OPERATIONS, *desk.OPERATIONS)
