from datetime import date

import pytest

from commonwire.calls.actions.importing import Faulty, import_members
from commonwire.calls.actions.organisations import affiliate
from commonwire.calls.forms.importing import Unreadable, decoded, plan
from commonwire.calls.models import Affiliation, Organisation
from commonwire.changes.models import Change
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db
TABLE = """name,kind,area,members,members_on,parent,since
North,regional body,The north,,,,
Local 4,union,Riverton,40,2026-01-31,North,2019-05-01
Local 5,,Hillside,30,2026-01-31,North,
"""


@pytest.fixture
def root():
    return an_organisation("Transit Federation", kind="federation")


def standing():
    return {
        (each.organisation.name, each.parent.name)
        for each in Affiliation.objects.on(date(2026, 6, 1))
    }


def do_import(root, text):
    return import_members(root=root, read=lambda: plan(text, root))


def faults(text, root):
    return [(fault.line, fault.words) for fault in plan(text, root).faults]


def test_a_dry_run_tells_and_writes_nothing(root):
    found = plan(TABLE, root)
    assert [(row.line, row.name, row.what) for row in found.rows] == [
        (2, "North", "is added under Transit Federation"),
        (3, "Local 4", "is added under North"),
        (4, "Local 5", "is added under North"),
    ]
    assert Organisation.objects.count() == 1


def test_three_levels_come_in_with_one_change(root):
    do_import(root, TABLE)
    assert standing() == {
        ("North", "Transit Federation"),
        ("Local 4", "North"),
        ("Local 5", "North"),
    }
    local = Organisation.objects.get(name="Local 4")
    assert (local.members, local.members_on) == (40, date(2026, 1, 31))
    assert local.affiliations.get().since == date(2019, 5, 1)
    changes = Change.objects.filter(kind="organisation.changed")
    assert [change.facts["slug"] for change in changes][1:] == ["transit-federation"]


def test_again_it_is_as_it_was(root):
    do_import(root, TABLE)
    found = plan(TABLE, root)
    assert (found.new, found.changed, found.idle) == (0, 0, 3)


def test_what_differs_is_changed_and_empty_cells_leave_things_alone(root):
    do_import(root, TABLE)
    text = "name,area,members,members_on\nLocal 4,,45,2026-02-28\n"
    assert plan(text, root).rows[0].what == (
        "is put under Transit Federation; changes: members represented, number as of"
    )
    do_import(root, text)
    local = Organisation.objects.get(name="Local 4")
    assert (local.members, local.area) == (45, "Riverton")


def test_a_namesake_elsewhere_is_another_body(root):
    an_organisation("Local 4", area="Elsewhere")
    assert plan(TABLE, root).new == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_write_it_in_many_ways(root, encoding, delimiter):
    text = 'Name;Belongs to;Members\r\nSüd;;\r\n"Peñón; Oeste";Süd;7\r\n'
    if delimiter != ";":
        text = text.replace("; Oeste", " Oeste").replace(";", delimiter)
    found = plan(decoded(text.encode(encoding)), root)
    assert not found.faults
    assert found.rows[0].name == "Süd"
    assert found.rows[1].told["members"] == 7


def test_every_bad_line_is_named_with_its_number(root):
    text = """name,kind,website,members,members_on,parent,since
,union,,,,,
Local 1,cult,,,,,
Local 2,union,not an address,many,,,
Local 3,union,,1,01/02/2026,,yesterday
Local 4,union,,,,Nowhere,
Local 5,union,,,,,,,too,many
Local 6,union,,,,Local 6,
Local 7,union,,,,,
Local 7,union,,,,,
Transit Federation,federation,,,,,
"""
    told = dict(faults(text, root))
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 8, 10, 11]
    assert "Give the name" in told[2]
    assert "Kind" in told[3]
    assert "Website" in told[4]
    assert "Members represented" in told[4]
    assert "since: Write the day" in told[5]
    assert "Nowhere is neither in this table" in told[6]
    assert "more columns" in told[7]
    assert "under itself" in told[8]
    assert "in line 9 already" in told[10]
    assert "leave it out" in told[11]


def test_every_fault_of_a_line_is_named_and_none_of_those_under_it(root):
    text = "name,kind,since,parent\nRegion,nonsense,soon,Nobody\nLocal,,,Region"
    ((line, words),) = faults(text, root)
    assert line == 2
    assert "Kind: " in words
    assert "since: " in words
    assert "Nobody is neither in this table" in words


def test_a_circle_is_refused_with_its_way(root):
    text = "name,parent\nA,C\nB,A\nC,B\n"
    assert faults(text, root) == [
        (4, "C cannot stand under B, for that stands under it: B → A → C")
    ]


def test_a_circle_with_what_stands_there_is_refused(root):
    top = an_organisation("Top")
    affiliate(organisation=root, parent=top)
    affiliate(organisation=an_organisation("Local 4"), parent=root)
    text = "name,parent\nTop,Local 4\n"
    # Top is not under the federation: the table means a new body of that name.
    assert faults(text, root) == []


def test_with_a_bad_line_nothing_is_imported(root):
    with pytest.raises(Faulty):
        do_import(root, TABLE + "Local 6,,,,,Nowhere,\n")
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "name the columns"),
        ("a,b\n1,2\n", "name the columns"),
        ("name\n" + "x\n" * 5_001, "too many at once"),
        ('name,area\n"' + "x" * 140_000, "is no line of a table"),
        ('name,area\nLocal 4,x\n"Local 5,y\nLocal 6,z\n', "Line 3 is no line"),
    ],
)
def test_what_is_no_table_says_what_to_do(root, text, words):
    with pytest.raises(Unreadable, match=words):
        plan(text, root)


def test_a_large_file_is_not_read():
    with pytest.raises(Unreadable, match="2 MB"):
        decoded(b"x" * 2_000_001)
