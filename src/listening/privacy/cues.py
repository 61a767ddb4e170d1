"""Words around a name that tell a person from a place: titles, kin, streets, buildings.

Plain word lists in lower case: data, no rules.
"""

from __future__ import annotations

#: Titles before a surname. They stay in the text: "Dr [name 2]" keeps the role.
_TITLES = """
mr mrs ms miss mx dr doctor prof professor sir dame rev reverend father imam pastor sister nurse
councillor cllr auntie aunty aunt uncle sheikh rabbi pc sergeant sgt inspector matron midwife bishop
sheriff captain senator president minister mp
"""
TITLES = frozenset(_TITLES.split())

#: Titles after which even a word in small letters is a name ("mrs patel").
SURE_TITLES = frozenset({"mr", "mrs", "cllr"})

#: People in a resident's life; after "my", "her", "our" ... a capitalised word names them.
_KIN = """
neighbour neighbor friend mate son daughter husband wife partner brother sister mum mam mom mother
dad father nan nana gran granny grandad grandma grandson granddaughter grandmother grandfather
cousin uncle aunt auntie aunty carer keyworker worker midwife visitor landlord landlady teacher
headteacher head boss manager supervisor colleague nurse doctor gp consultant physio therapist
counsellor solicitor councillor boyfriend girlfriend fiance fiancee ex baby child kid boy girl niece
nephew stepson stepdaughter twin lad lass lady man woman bloke guy warden caretaker officer advisor
adviser mentor coach imam vicar pastor priest
"""
KIN = frozenset(_KIN.split())

_POSSESSIVES = """
my your his her our their the a an this that old young new
"""
POSSESSIVES = frozenset(_POSSESSIVES.split())

#: After these a small-letter first name of the gazetteer is a name too ("our danny").
FAMILIAR = frozenset({"our", "named", "called", "name", "names"})

#: Verbs before the person spoken to or thanked.
ADDRESSING = frozenset({"ask", "asked", "tell", "told", "thank", "thanked", "ring"})

_LOCATIVES = """
in at near around outside towards from of on via across beyond within to through
"""
LOCATIVES = frozenset(_LOCATIVES.split())

#: Saints and royalty: part of a public name (a church is found by the rules for places).
HONOURED = frozenset(
    ["st", "saint", "saints", "king", "queen", "prince", "princess", "duke", "duchess"]
)

#: Between parts of one name ("Ahmed bin Ali", "Vincent van Dijk").
_PARTICLES = """
bin ibn bint al el de da di du dos van der den von la le abu ap mac
"""
PARTICLES = frozenset(_PARTICLES.split())

#: After a name in capitals these make a public place of it ("Victoria Park"), which stays.
_PLACE_NOUNS = """
road rd street lane avenue ave close drive way crescent terrace place walk mews row gardens grove
square rise court estate park station hospital infirmary house tower towers point heights lodge
mansions bridge town library centre center market ward line trust foundation university school
academy college primary nursery theatre cinema pub arms stadium leisure hall common green heath mill
island wood woods valley village borough council cross circus wharf dock docks quay pier beach
church cathedral chapel mosque masjid temple gurdwara synagogue surgery practice medical health
pharmacy clinic unit hospice institute museum gallery arena shopping roundabout junction day award
act report ltd limited plc county co blvd boulevard mall parkway airport elementary golf ln
"""
PLACE_NOUNS = frozenset(_PLACE_NOUNS.split())

#: The same in small letters: only those that cannot follow a person's name by chance.
_LOWER_PLACE_NOUNS = """
road street lane avenue crescent terrace estate park station hospital infirmary library centre
market square bridge theatre stadium common heath roundabout borough council university line tower
school academy college primary church mosque temple gurdwara surgery ward unit county blvd airport
"""
LOWER_PLACE_NOUNS = frozenset(_LOWER_PLACE_NOUNS.split())

#: Labels that stand where a speaker's name stands: never names.
_ROLES = """
interviewer interviewee participant respondent resident speaker facilitator researcher moderator
officer anonymous unknown female male group person people voice host guest admin user caller
"""
ROLES = frozenset(_ROLES.split())
