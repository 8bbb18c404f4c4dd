import pytest

from scheduler.channels import adapter, kinds
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.services import connect, form


@pytest.mark.parametrize("kind", kinds())
def test_asks_for_every_field_of_the_kind(kind):
    found = form.fields(kind)
    assert [field.name for field in found] == list(adapter(kind).Config.model_fields)
    assert all(field.about for field in found)


def test_what_a_field_is_follows_from_its_type():
    found = {field.name: field for field in form.fields("mastodon")}
    assert found["token"].secret
    assert found["token"].required
    assert found["visibility"].choices == ("public", "unlisted", "private")
    assert (found["max_characters"].default, found["max_characters"].required) == ("500", False)
    hook = {field.name: field for field in form.fields("webhook")}
    assert hook["headers"].structured
    assert hook["headers"].secret  # its values are
    assert hook["signing_secret"].secret
    assert not hook["signing_secret"].required


def test_what_was_typed_is_what_the_channel_takes():
    typed = {"url": "https://x.example", "headers": '{"X-Key": "1"}', "images": "no", "method": ""}
    values = form.values("webhook", typed)
    assert values == {"url": "https://x.example", "headers": {"X-Key": "1"}, "images": "no"}
    assert connect.validated("webhook", values).images is False


def test_what_is_missing_is_known_before_it_is_asked_for():
    assert [field.name for field in form.missing("mastodon", {"server": "https://x.example"})] == ["token"]
    assert form.missing("webhook", {"url": "https://x.example"}) == []


def test_a_field_or_a_kind_that_is_none_is_refused():
    with pytest.raises(PullquoteError, match="has no field 'tokne'"):
        form.missing("mastodon", {"tokne": "x"})
    with pytest.raises(PullquoteError, match="is not JSON"):
        form.values("webhook", {"headers": "X-Key: 1"})
    with pytest.raises(NotFound):
        form.fields("pigeon")
