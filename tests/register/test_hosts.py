import pytest

from zmpwatch.register import load_register

REGISTER = load_register()


def test_known_sites():
    sites = REGISTER.websites(REGISTER.by_teryt("2005011"))
    assert sites.www
    assert "hajnowka" in sites.www


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.hajnowka.pl", "Hajnówka"),
        ("https://hajnowka.pl/aktualnosc", "Hajnówka"),
        ("bip.umtychy.pl", "Tychy"),
        ("ostrowmaz.pl", "Ostrów Mazowiecka"),
        ("hajnowka.bip.net.pl", "Hajnówka"),
        ("um.suwalki.pl", "Suwałki"),
        ("zuromin.info", "Żuromin"),
        ("bipbartoszyce.warmia.mazury.pl", "Bartoszyce"),
        ("radzyn-podl.pl", "Radzyń Podlaski"),
        ("radzynpodlaski.esesja.pl", "Radzyń Podlaski"),
    ],
)
def test_a_host_tells_its_municipality(host, name):
    municipality = REGISTER.municipality_of_host(host)
    assert municipality is not None
    assert municipality.name == name
    assert municipality.is_city


@pytest.mark.parametrize("host", ["miasta.pl", "gazetaprawna.pl", "naszemiasto.pl", "e-bip.pl", "", "pl", "127.0.0.1"])
def test_other_hosts_tell_nothing(host):
    assert REGISTER.municipality_of_host(host) is None
