"""Words around a name that tell a person from a place: titles, kin, streets, buildings.

Plain word lists in lower case: data, no rules.
"""

from __future__ import annotations

#: Titles before a surname. They stay in the text: "Dr [name 2]" keeps the role.
_TITLES = """
mr mrs ms miss mx dr doctor prof professor sir dame rev reverend father imam pastor sister nurse
councillor cllr auntie aunty aunt uncle sheikh rabbi pc pcso dc wpc sergeant sgt inspector matron
midwife bishop sheriff captain senator president minister mp drs messrs madam lord lady canon deacon
elder brother bhai baba haji hajji alhaji ustad ustadh maulana mufti granth giani swami guru
monsignor archdeacon constable superintendent frau herr herrn
"""
TITLES = frozenset(_TITLES.split())

#: Titles after which even a word in small letters is a name ("mrs patel").
SURE_TITLES = frozenset({"mr", "mrs", "ms", "cllr", "frau", "herr", "herrn"})

#: Titles after which a small-letter word is a name if it is no English word ("doctor mukherjee").
_SPOKEN_TITLES_WORDS = """
miss dr doctor professor sir reverend father imam pastor sister nurse councillor auntie aunty aunt
uncle sheikh rabbi pc sergeant inspector bhai haji
"""
SPOKEN_TITLES = SURE_TITLES | frozenset(_SPOKEN_TITLES_WORDS.split())

#: People in a resident's life; after "my", "her", "our" ... a capitalised word names them.
_KIN = """
neighbour neighbor friend mate son daughter husband wife partner brother sister mum mam mom mother
dad father nan nana gran granny grandad grandma grandson granddaughter grandmother grandfather
cousin uncle aunt auntie aunty sis bro nanna nannan nanny gramps grandpa granddad stepdad stepmum
stepbrother stepsister sister-in-law brother-in-law mother-in-law father-in-law son-in-law
daughter-in-law godmother godfather godson goddaughter bestie pal missus hubby babcia dziadek busia
abuela abuelo nonna nonno yiayia papou bibi dada dadi nani ammi abbu chacha khala bhabhi didi papa
mama mammy daddy mummy dada teta amma appa carer keyworker worker midwife visitor landlord landlady
teacher headteacher head boss manager supervisor colleague nurse doctor gp consultant physio
therapist counsellor solicitor councillor boyfriend girlfriend fiance fiancee ex baby child kid boy
girl niece nephew stepson stepdaughter twin lad lass lady man woman bloke guy warden caretaker
officer advisor adviser mentor coach imam vicar pastor priest
"""
KIN = frozenset(_KIN.split())

_POSSESSIVES = """
my your his her our their the a an this that old young new
"""
POSSESSIVES = frozenset(_POSSESSIVES.split())

#: After these a small-letter first name of the gazetteer is a name too ("our danny").
FAMILIAR = frozenset({"our", "named", "called", "name", "names", "name's"})

#: Adjectives that make a nickname with the name after them ("Big Dave").
_NICKNAMES_WORDS = """
big little tiny old young wee fat mad long crazy skinny ginger posh baby
"""
NICKNAMES = frozenset(_NICKNAMES_WORDS.split())
#: Those that do so in small letters too, where the name is in small letters.
SPOKEN_NICKNAMES = frozenset({"big", "tiny", "wee", "fat", "mad"})

#: Verbs before the person spoken to or thanked.
ADDRESSING = frozenset({"ask", "asked", "tell", "told", "thank", "thanked", "ring"})

#: What people do: after an unknown word with a capital these speak for a person.
_DEEDS = """
said says told tells came comes lives lived reckons thinks thought knows knew went goes rang phoned
moved looks looked died passed helped helps used wants wanted got gets runs ran asked asks keeps
kept takes took brings brought gave gives makes made does did left works worked sorted sorts cried
loves loved hates hated needs needed stayed stays started starts sits sat walks walked drives drove
"""
DEEDS = frozenset(_DEEDS.split())
#: After a word that begins a sentence and that no list of words holds.
BEING = frozenset({"is", "was", "has", "had", "and", "who"})
#: After an unknown word inside a sentence these speak for a person.
HAVING = frozenset({"has", "had", "is", "was"})
#: Before a person who is counted in: "there's Dilnoza".
PRESENTING = frozenset({"there", "theres"})
#: After an unknown word that begins a sentence.
_CARRYING_ON = """
off from next upstairs downstairs would wouldn't will won't can can't could couldn't hasn't hadn't
doesn't didn't isn't wasn't never always still mends paints runs cooks fixed sang speaks teaches
plays minds owns owned remembers coaches feeds leads cleans showed shows turned
"""
CARRYING_ON = frozenset(_CARRYING_ON.split())
#: Between two people.
AND = frozenset({"and", "or", "n"})

#: Before "to" or "from" and an unknown word with a capital: said to a person, not gone to a place.
_DEALINGS = """
said say saying says talk talked talking talks spoke speak speaking spoken listen listened married
engaged explained wrote written thanks thank grateful heard letter call text message email phone
visit help support introduced belonging belongs belonged apologised complained complain passed gave
given handed lent sold close related
"""
DEALINGS = frozenset(_DEALINGS.split())

_LOCATIVES = """
in at near around outside towards from of on via across beyond within to through
"""
LOCATIVES = frozenset(_LOCATIVES.split())

#: Before a place and hardly ever before a person.
_PLACING = """
in at near around outside towards via across beyond within through on off round behind into onto
"""
PLACING = frozenset(_PLACING.split())

#: Saints and royalty: part of a public name (a church is found by the rules for places).
_HONOURED_WORDS = """
st saint saints king queen prince princess duke duchess
"""
HONOURED = frozenset(_HONOURED_WORDS.split())

#: Between parts of one name ("Ahmed bin Ali", "Vincent van Dijk").
_PARTICLES = """
bin ibn bint al el de da di du dos van der den von la le abu ap mac
"""
PARTICLES = frozenset(_PARTICLES.split())

#: Languages and peoples that lists of English words leave out.
_TONGUES = """
akan amharic arabic bangla bravanese bulgarian cantonese chichewa creole dari dinka edo efik ewe
farsi fante fijian filipino flemish fula fulani ga gaelic ganda georgian gujarati hakka hausa hazara
hindko igbo irish kashmiri khmer kikuyu kinyarwanda kirundi krio kurdish kurmanji kutchi lao latvian
lingala lithuanian luganda luo malayalam mandarin mandinka manx marathi mende mirpuri ndebele nepali
oromo pahari pashto pathan patois patwa pidgin polish portuguese potwari punjabi romanes romani
romanian romany sesotho shona sikh sindhi sinhala sinhalese slovak somali sorani swahili sylheti
tagalog tamil telugu temne tigre tigrinya tswana twi ukrainian urdu uyghur uzbek vietnamese welsh
wolof xhosa yiddish yoruba zulu bame bme gypsy traveller sunni shia ismaili ahmadi bengali kenyan
congolese
"""
TONGUES = frozenset(_TONGUES.split())

#: Shops, firms, landlords, charities, programmes and products that are talked about everywhere.
_BRANDS = """
acorn adobe aldi alexa amazon android argos asda asos aviva b&m babbel bargain barclays bbc boohoo
boots bupa capita carillion centra chatgpt circle citizens clarion costa costco covid currys
deliveroo dettol dhl diageo dominos dunelm ebay ee eon evri excel experian facebook fairhive fitbit
freecycle fujitsu g4s google greggs groupon guinness halfords halifax heinz hermes hermitage
homebase homeserve ikea iceland instagram iphone itv jobcentre kfc kwikfit ladbrokes lidl linkedin
lloyds lucozade marks mcdonald's mcdonalds matalan mencap microsoft mind mitie monzo morrisons
mumsnet nando's nandos nationwide natwest netflix nextdoor northgate notting o2 octopus ofcom ofgem
ofsted ofwat optivo outlook oxfam oyster paypal peabody playstation poundland poundstretcher primark
quorn rentokil ryanair sainsbury's sainsburys samsung samaritans santander savills scope securitas
serco severn shelter sky sodexo specsavers spotify stagecoach starbucks stonewater subway superdrug
swarovski talktalk airbnb artex hoover zanussi bosch lino fortnite roblox dyson
tesco tesco's tescos tfl thames tiktok turn2us twitter uber unison utilita veolia
vinted viridor virgin vodafone waitrose wetherspoons whatsapp wickes wilko wonga woolies woolworths
xbox youtube zoom zumba zipcar bnp ukip dwp nhs hmrc dvla pip esa camhs ptsd adhd send ehcp mot brp
hmo asbo pcso sia cscs ramadan eid diwali vaisakhi hanukkah yom christmas easter lent advent
hogmanay windrush grenfell brexit aids hiv iban esol sen gcse btec nvq hca ocd copd ibs mri ect tia
icu itu aed cbt cpn
"""
BRANDS = frozenset(_BRANDS.split()) | {brand.removesuffix("'s") for brand in _BRANDS.split()}

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
#: Before a month, also where somebody could be called so: "no place till Jan".
WHEN = frozenset({"till", "til", "until", "since", "by", "last", "next", "early", "late", "mid"})
