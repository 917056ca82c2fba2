"""GET /v1/model: who answers here."""

from pathlib import Path

from starlette.testclient import TestClient

from tests.serving.desks import MODEL, client_of, desk_at, example, promoted_home


def test_it_tells_version_promotion_outcome_gates_and_bands(client: TestClient) -> None:
    told = client.get("/v1/model").json()
    assert told["defaultModel"] == MODEL
    (model,) = told["models"]
    assert (model["name"], model["version"], model["promotedBy"]) == (MODEL, 3, "T. Tester")
    assert model["promotedAt"] == "2024-06-30T00:00:00+00:00"
    assert model["title"]["en"] == "Placement within 24 months"
    assert "auroc >= 0.72" in model["gates"]
    scores = [(band["fromScore"], band["toScore"]) for band in model["bands"]]
    assert scores == [(1, 10), (11, 15), (16, 18), (19, 20)]


def test_an_answer_names_the_same_model(client: TestClient) -> None:
    answered = client.post("/v1/score", json=example()).json()["model"]
    (told,) = client.get("/v1/model").json()["models"]
    assert {**answered, "title": None} == {name: told[name] for name in answered} | {"title": None}


def test_each_promoted_model_answers(tmp_path: Path) -> None:
    desk = desk_at(promoted_home(tmp_path, MODEL, "renotification_12m"))
    with client_of(desk) as client:
        names = [model["name"] for model in client.get("/v1/model").json()["models"]]
        assert names == [MODEL, "renotification_12m"]
    desk.journal.close()
