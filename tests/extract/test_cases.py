import pytest

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, MembershipStatement, Text
from zmpwatch.register import load_association, load_register

from . import folders


@pytest.mark.parametrize("name", folders.names())
def test_a_document_states_what_its_folder_expects(name):
    case = folders.load(name)
    assert folders.facts(case.content, case.context) == folders.bare(case.expected)


@pytest.mark.parametrize("name", folders.names())
def test_every_statement_shows_its_place_its_rule_and_its_worth(name):
    case = folders.load(name)
    for statement in extract(Text(case.content), case.context):
        assert statement.quote == case.content[statement.start : statement.end]
        assert statement.quote.strip()
        assert "." in statement.rule
        assert 0 < statement.confidence <= 1
        if isinstance(statement, MembershipStatement) and statement.teryt is not None:
            assert load_register().by_teryt(statement.teryt).name == statement.municipality


def test_there_are_cases_of_every_kind():
    stages = {(e["kind"], e["stage"]) for n in folders.names() for e in folders.load(n).expected["events"]}
    assert len(folders.names()) >= 80
    assert len(stages) == 9
    qualifiers = {c["qualifier"] for n in folders.names() for c in folders.load(n).expected["member_counts"]}
    assert qualifiers == {"exact", "at_least", "about", "ordinal"}


def test_the_json_object_has_the_promised_keys():
    text = Text(
        "Zarząd ZMP 4 maja 2021 r. przyjął Kutno w poczet członków Związku Miast Polskich.", published="2021-05-05"
    )
    body = as_json(text, extract(text, Context(load_association("zmp"))), path="a.txt")
    assert body["path"] == "a.txt"
    assert body["relevant"] is True
    assert body["published"] == "2021-05-05"
    assert body["member_counts"] == []
    (event,) = body["events"]
    assert event["teryt"] == "1002011"
    assert (event["kind"], event["stage"], event["date"]) == ("accession", "admitted", "2021-05-04")


def test_a_counter_and_a_member_list_name_their_rules():
    counter = folders.load("counter-welcome")
    rules = {s.rule.split(".")[0] for s in extract(Text(counter.content), counter.context)}
    assert rules == {"counter"}
    listed = folders.load("member-list-voivodeships")
    assert {s.rule.split(".")[0] for s in extract(Text(listed.content), listed.context)} == {"member_list"}
