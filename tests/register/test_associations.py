import pytest

from zmpwatch.errors import RegisterError
from zmpwatch.register import load_association


def test_built_in_profiles():
    zmp = load_association("zmp")
    assert (zmp.name, zmp.short, zmp.krs) == ("Związek Miast Polskich", "ZMP", "0000069153")
    assert "Związek Młodzieży Polskiej" in zmp.lookalikes
    assert "miasta.pl" in zmp.domains
    assert load_association("ump").name == "Unia Miasteczek Polskich"
    assert load_association("zmp") is zmp


def test_a_profile_from_configuration():
    own = load_association(
        {"name": "Związek Gmin Przykładowych", "domains": ["Przyklad.PL"], "sizes": {"min": 20, "max": 40}}
    )
    assert own.sizes == (20, 40)
    assert (own.key, own.short, own.acronyms, own.domains) == ("zgp", "ZGP", ("ZGP",), ("przyklad.pl",))


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("zzz", "no built-in association 'zzz'"),
        ({"short": "X"}, "a name is needed"),
        ({"name": 5}, "name must be a text"),
        ({"name": "X", "aliases": "Y"}, "aliases must be a list"),
        ({"name": "X", "sizes": [20, 40]}, "sizes must be a mapping"),
        ({"name": "X", "sizes": {"min": 40, "max": 20}}, "sizes must be a mapping"),
        ({"name": "X", "colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_wrong_profiles_are_refused(profile, message):
    with pytest.raises(RegisterError, match=message):
        load_association(profile)
