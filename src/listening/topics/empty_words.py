"""Words that name nothing: grammar, numbers, fillers, and nouns that are said of everything."""

from __future__ import annotations

from functools import lru_cache

#: Contractions, fillers and verbs of speech that scikit-learn's list of function words misses.
_SPOKEN = """
    'cause actually ah ain't aint allow alot anyways aren't arent ask asked asking basically be
    been being came can can't cannot cant cause come comes coming comment comments completely
    cos could couldn't couldnt couple cuz definitely did didn't didnt do does doesn't doesnt
    doing don't done dont else em end er erm especially etc exactly extremely feel feeling feels
    felt find gave get gets getting give given gives giving go goes going gone gonna got gotta
    gotten guess had hadn't happen happened has hasn't haven't having he'd he'll he's hello hey
    hi hmm hope i'd i'll i'm i've im isn't isnt it's its ive just keep kept kind kinda knew know
    let let's like literally ll look looking looks lot lots made make makes making may maybe
    mean mhm might mine mm mm-hmm much must n't need needed needs obviously oh ok okay wow outta
    particularly please possible possibly probably put quite rather re really reason right said
    saw say saying says see seem seems seen she's should shouldn't sort spoke stuff sure take
    taken takes taking talk talking tell than thank thanks that'd that'll that's thats the their
    there's they'd they'll they're they've theyre theyve think thinking thought til till today
    told tomorrow took totally tried try trying uh uh-huh um use used using usually ve want
    thrive thrived thriving wanted wants was wasn't wasnt way we'd we'll we're we've went were
    weren't what's when where's which who's will won't wont would wouldn't wouldnt yeah yep yes
    yesterday you'd you'll you're you've youre
"""
_NUMBERS = """
    billion double dozen eight eighteen eighty eleven fifteen fifth fifty first five forty four
    fourteen fourth half hundred last million next nine nineteen ninety once quarter second
    seven seventeen seventy single six sixteen sixty ten third thirteen thirty thousand three
    twelve twenty twice two zero
"""
#: May end a phrase ("waiting time", "young people") but say nothing alone or at its beginning.
_NOUNS = """
    amount anybody anyone anything area aspect bit bits case day days deal details everybody
    everyone everything example fact guy guys hour hours idea ideas issue issues item items kind
    level levels matter minute minutes moment month months nobody nothing number numbers one
    ones option options other others part parts people person persons place places point points
    problem problems question questions range rest section sections side sides situation
    situations somebody someone something stage step steps term terms thing things time times
    type types user way ways week weeks year years
"""
#: Size and sameness: never a name, and stripped from a phrase's beginning ("more buses": "buses").
_MEASURES = """
    able actual additional available basic big bigger biggest certain clear common current
    different enough entire extra few full general greater huge important large larger less
    little longer lower main major many more most only overall own particular possible real
    recent same several similar simple specific such top total various whole
"""
#: What transcribers write of sounds ("[laughs]").
_SOUNDS = """
    applause chuckle chuckles chuckling cough coughs crosstalk inaudible indistinct laugh laughing
    laughs laughter pause pauses sigh sighs unclear
"""
#: Praise and blame: stripped likewise, yet where nothing else is said they are what was said.
_VERDICTS = """
    amazing awful bad best better brilliant excellent fantastic fine good great lovely nice ok
    okay perfect terrible wonderful worse worst wrong
"""


#: Say something inside a phrase ("city officials", "life insurance") and next to nothing alone:
#: people in general, parts of things, units of time and place, shell nouns (Schmid 2000), and what
#: an online meeting is held with.
_VAGUE = """
    ability access citizen lane action address agreement answer approach attitude back background
    beginning behavior behaviour belief block body bottom box boy bunch call card chance
    change character choice city class comment concern condition content context
    conversation corner country county course date decision description design difference
    difficulty dimension direction district dollar door ear ease east edge effect effort end
    ending euro event evidence experience extent eye face factor favour feature feeling
    finger finish floor foot form frame friend front function gentleman girl goal group
    guideline guy hair hand head heart help hole impact importance improvement inch
    individual influence instance interest item journey key knee knowledge lad lady life
    line link list location love luck man manner mark mate material matter meaning measure
    meeting member message meter method metre middle mile mind mindset minority mistake mode
    mood morning motion mouth name nation nature need night north note object occasion
    o'clock occurrence odds opinion opportunity order outcome output outset page pair paper
    participant party past path pattern pence penny people period permission perspective
    phase phrase piece plan population position possibility potential pound presence
    principle process product progress proof property purpose quality quantity reader
    reality reason record reference region relation relationship remark resident respect
    response result review role room row rule scale scenario scene scope sector self sense
    sentence series set shape shift sign sir society sort source south spirit spot standard
    start state statement status step story struggle stuff style subject suggestion sun
    surprise system table tale target task top topic touch town track trait trick trouble
    truth turn understanding unit use user value variety version view village visit voice
    wall window winner woman word world yard
    breakout camera chat mic microphone mute screen slide video zoom
    january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday weekend evening afternoon today
    tonight season spring summer autumn winter
"""


#: Relatives: who a story is about, seldom what it is about.
_KIN = """
    aunt auntie brother cousin dad daughter father grandad grandma grandson granddaughter husband
    mam mama mom mother mum nan nephew niece parent sister son uncle wife
"""
_PRAISE = """
    amazing best brilliant excellent exceptional fantastic glad good grateful great happy impressed
    lovely nice outstanding perfect pleased satisfied superb wonderful
"""
_BLAME = """
    appalling awful bad disappointed disappointing disgusting horrible poor shocking terrible
    unacceptable unhappy useless worse worst
"""
#: What names of roads and places end in.
_WAYS = "avenue bridge close court drive estate gardens hill lane park place road square street way"
#: What names of areas under one administration end in.
_AREAS = "borough city county district municipality parish province region state town village ward"
_BEFORE_ADJECTIVES = "extremely incredibly quite really so too very"
_BEFORE_VERBS = """
    i you he she it we they who can can't cannot could would will won't don't didn't doesn't
    should shouldn't couldn't wouldn't never i've they've we've
"""


@lru_cache(maxsize=1)
def empty_words() -> frozenset[str]:
    """Return every word that can be no name by itself, lower case, straight apostrophes."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    own = f"{_SPOKEN} {_NUMBERS} {_NOUNS} {_MEASURES} {_SOUNDS}".split()
    return (frozenset(ENGLISH_STOP_WORDS) | frozenset(own)) - verdicts()


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """Return the empty nouns that may end a phrase."""
    return frozenset(_NOUNS.split())


@lru_cache(maxsize=1)
def verdicts() -> frozenset[str]:
    """Return words of praise and blame."""
    return frozenset(_VERDICTS.split())


@lru_cache(maxsize=1)
def vague() -> frozenset[str]:
    """Return nouns that mean something inside a phrase and little alone, singular."""
    return frozenset(_VAGUE.split())


@lru_cache(maxsize=1)
def name_beginnings() -> frozenset[str]:
    """Return the empty words that may begin a proper name ("General Motors", "First Bus")."""
    return frozenset(f"{_NUMBERS} {_MEASURES} {_VERDICTS}".split())


@lru_cache(maxsize=1)
def before_verbs() -> frozenset[str]:
    """Return words that in English stand before a verb, never before a noun."""
    return frozenset(_BEFORE_VERBS.split())


@lru_cache(maxsize=1)
def before_adjectives() -> frozenset[str]:
    """Return words that in English stand before an adjective or adverb, never before a noun."""
    return frozenset(_BEFORE_ADJECTIVES.split())


@lru_cache(maxsize=1)
def kin() -> frozenset[str]:
    """Return words for relatives, singular."""
    return frozenset(_KIN.split())


@lru_cache(maxsize=1)
def ways() -> frozenset[str]:
    """Return what the names of roads and places end in, singular."""
    return frozenset(_WAYS.split())


@lru_cache(maxsize=1)
def areas() -> frozenset[str]:
    """Return what the names of administered areas end in, singular."""
    return frozenset(_AREAS.split())


@lru_cache(maxsize=1)
def praise() -> frozenset[str]:
    """Return words that praise."""
    return frozenset(_PRAISE.split())


@lru_cache(maxsize=1)
def blame() -> frozenset[str]:
    """Return words that blame."""
    return frozenset(_BLAME.split())
