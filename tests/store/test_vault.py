import stat

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.store.vault import Vault, decode_key, new_key, read_key

OLD, NEW = decode_key(new_key()), decode_key(new_key())


def test_opens_what_it_sealed():
    sealed = Vault([OLD]).seal("hunter2", "channel:config:7")
    assert "hunter2" not in sealed
    assert sealed.startswith("v1.")
    assert Vault([OLD]).open(sealed, "channel:config:7") == "hunter2"


def test_a_secret_copied_to_another_row_does_not_open():
    sealed = Vault([OLD]).seal("hunter2", "channel:config:7")
    with pytest.raises(PullquoteError, match="damaged"):
        Vault([OLD]).open(sealed, "channel:config:8")


@pytest.mark.parametrize("left", ["", "!", "AAAA", "A" * 17])
def test_what_is_left_of_a_damaged_secret_is_refused_in_one_sentence(left):
    head = Vault([OLD]).seal("hunter2", "p").rpartition(".")[0]
    with pytest.raises(PullquoteError, match="damaged"):
        Vault([OLD]).open(f"{head}.{left}", "p")


def test_a_new_key_seals_and_the_old_one_still_opens():
    sealed = Vault([OLD]).seal("hunter2", "p")
    both = Vault([NEW, OLD])
    assert both.open(sealed, "p") == "hunter2"
    assert both.seal("x", "p").split(".")[1] != sealed.split(".")[1]


def test_another_installation_cannot_open_it():
    with pytest.raises(PullquoteError, match="another key"):
        Vault([NEW]).open(Vault([OLD]).seal("hunter2", "p"), "p")


def test_a_link_signed_under_an_old_key_stays_good():
    mac = Vault([OLD]).sign("unsub1", b"7")
    assert Vault([NEW, OLD]).verify("unsub1", b"7", mac)
    assert not Vault([NEW, OLD]).verify("unsub2", b"7", mac)
    assert not Vault([NEW]).verify("unsub1", b"7", mac)


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "pullquote.key"
    key = read_key(path)
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path) == key


@pytest.mark.parametrize("text", ["", "short", "!!!"])
def test_a_bad_key_is_refused_in_one_sentence(text, tmp_path):
    (tmp_path / "key").write_text(text)
    with pytest.raises(PullquoteError, match="pullquote init"):
        Vault([read_key(tmp_path / "key")])
