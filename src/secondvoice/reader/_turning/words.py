"""The words that turning goes by: closed lists, in lower case, with straight apostrophes."""

from __future__ import annotations

from typing import Final

TURNED: Final = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "meself": "yourself",
    "im": "you're",
    "ive": "you've",
    "ill": "you'll",
    "id": "you'd",
    "iam": "you are",
    "i'am": "you're",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "i'd've": "you'd've",
    "i'dve": "you'd've",
    "i'll've": "you'll've",
    "i's": "you's",
    "imma": "you're gonna",
    "i'mma": "you're gonna",
    "i'ma": "you're gonna",
    "am": "are",
    "amn't": "aren't",
    "amnt": "aren't",
    "was": "were",
    "wasn't": "weren't",
    "wasnt": "weren't",
    "was'nt": "weren't",
}
"""What each word becomes."""

WAS: Final = frozenset({"was", "wasn't", "wasnt", "was'nt"})
I_WORDS: Final = frozenset(word for word in TURNED if word[0] == "i") - {"ill", "id"}
"""I as a subject, alone or with its verb."""

YOU: Final = frozenset(
    """you your yours yourself you're youre you've youve you'll youll you'd youd u ur""".split()
)
WH: Final = frozenset("how what why where who when whose which".split())


# Words that may stand between "I" and its verb.
_ADVERBS: Final = frozenset(
    """never ever always often sometimes once again also too just still even only then now soon
    already yet not both all each almost maybe perhaps rather quite seldom indeed instead
    therefore though however meanwhile otherwise later afterwards afterward eventually somehow
    anyway kinda sorta fucking bloody freaking fuckin today yesterday tonight""".split()
)
_NOT_ADVERBS: Final = frozenset(
    """family only reply ally bully belly jelly july italy fly supply assembly sally emily molly
    billy kelly lily holly polly kimberly beverly carly shelly ally rally folly butterfly bubbly
    trolly ugly silly lonely lovely friendly early likely elderly daily weekly monthly""".split()
)


def is_adverb(word: str) -> bool:
    """Whether the word is an adverb of the kind that stands between a subject and its verb."""
    return word in _ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS and len(word) > 4)


ASIDES: Final = frozenset(
    tuple(phrase.split())
    for phrase in (
        "of course",
        "of all people",
        "as usual",
        "as always",
        "as ever",
        "as a result",
        "for once",
        "for one",
        "for some reason",
        "at least",
        "at first",
        "at the time",
        "at one point",
        "all along",
        "in fact",
        "in truth",
        "in the end",
        "by then",
        "back then",
        "even then",
        "to be honest",
        "like an idiot",
        "like a fool",
        "no doubt",
        "more than once",
    )
)
"""Phrases that may stand between "I" and its verb."""

JOINING: Final = frozenset("and but or nor yet so & then plus".split())
SUBORDINATING: Final = frozenset(
    """because cause cos that if when while since unless until till although though before after as
    whether where why how what who which than""".split()
)
OTHERS: Final = frozenset("he she they we there who which".split())
"""Words that are always a subject, and never "I"."""

EITHER: Final = frozenset(
    """it you this that everyone everybody nobody somebody someone anyone people everything
    nothing""".split()
)
"""Words that are a subject if a verb follows, and otherwise an object."""

THIRD: Final = frozenset(
    """is isn't isnt has hasn't hasnt does doesn't doesnt it's its he's she's that's there's what's
    who's""".split()
)
"""Verbs that never belong to "I"."""

AUXILIARIES: Final = frozenset(
    """had hadn't hadnt have haven't will won't would wouldn't can can't could couldn't should
    shouldn't must might may did didn't do don't were weren't are aren't""".split()
)
FINITE: Final = (
    AUXILIARIES
    | THIRD
    | WAS
    | frozenset(
        """seems seemed felt feels made makes took takes came comes got gets went goes said says
        looked looks meant means hurt hurts broke fell became kept keeps turned started stopped
        left knew knows thought thinks told tells never always""".split()
    )
)
TIMES: Final = frozenset(
    """day morning night week weekend month year evening afternoon time moment minute while point
    end shift summer winter spring autumn term""".split()
)

# A bare verb, adverb or past form after which "ill" and "id" are "I'll" and "I'd".
AFTER_WILL: Final = frozenset(
    """never always just probably not be have ever only still also make get go do fail die try
    ruin mess end start stop keep stay say tell take give find lose let look feel need miss screw
    regret disappoint forget quit finish finally definitely end admit pay remember deserve
    understand manage embarrass hurt leave become turn come see know sound hate eat drink spend
    waste actually honestly literally most be""".split()
)
AFTER_WOULD: Final = AFTER_WILL | frozenset(
    """rather better love like want been had done gone made known said told taken tried just
    listened failed studied forgotten left lost seen given kept stayed worked thought been promised
    spent eaten drunk hoped planned wish call hide leave kill""".split()
)
NOT_BEFORE_WILL: Final = frozenset(
    """be is are am was were i'm im feel feels feeling felt fell fall get gets got getting been
    being become became very really mentally seriously physically chronically critically
    terminally the an a his her my your their look looks looked make made makes bit how often
    always this that you're youre he's she's""".split()
)
NOT_BEFORE_WOULD: Final = frozenset(
    """the a an my your his her their our this that photo fake student user work new old no any
    some valid school staff voter""".split()
)

NUMERAL_AFTER: Final = frozenset(
    """type phase stage grade part chapter act volume vol book level class section article title
    tier division step schedule category factor unit bipolar""".split()
)
NUMERAL_BEFORE: Final = frozenset(
    """error errors diabetes trial trials disorder cancer listed of exam paper student course
    ii""".split()
)
CROWNED: Final = frozenset("king queen pope tsar czar emperor kaiser".split())
LETTER_BEFORE: Final = frozenset("letter capital an vowel vitamin lowercase uppercase".split())
HOURS: Final = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirty the this every
    tomorrow""".split()
)
MINES: Final = frozenset("coal gold salt land copper tin diamond iron data a the old".split())
MINED: Final = frozenset("shaft shafts field worker workers craft".split())
SWORN_BY: Final = frozenset("god goodness gosh word lord giddy heavens".split())
VERBS_OF_GOD: Final = frozenset(
    """has is will was would does did must knows hates loves wants says said sees made and
    can can't never gave forgives""".split()
)
OPINIONS: Final = frozenset("think guess suppose reckon suspect bet swear doubt mean".split())
OPINION_OPENERS: Final = frozenset(
    """and but so or sometimes honestly now maybe clearly well oh yeah yes no lately some days
    then still""".split()
)
OPINION_FILLERS: Final = frozenset(
    """don't dont not do honestly really just genuinely seriously still kinda""".split()
)
JUDGED: Final = (
    I_WORDS
    | YOU
    | frozenset(
        """my mine he she they we it's that that's there's everyone everybody nobody people no
        maybe deep secretly""".split()
    )
)
ASKED: Final = frozenset(
    """let leave help forgive tell give kill shoot save excuse pardon believe trust spare fuck
    bugger screw damn bless strike bury""".split()
)
ASK_OPENERS: Final = frozenset(
    """just please oh god lord somebody someone now don't dont""".split()
)
KIN_DIALECT: Final = frozenset("mum mam dad da nan nana gran granny mams mums".split())
SPEECH: Final = frozenset(
    """said say says asked ask thought think shouted replied whispered told tell yelled muttered
    wrote texted typed go went was blurted lied mumbled""".split()
)

INTERJECTIONS: Final = frozenset(
    tuple(phrase.split())
    for phrase in (
        "god",
        "oh god",
        "oh my god",
        "my god",
        "omg",
        "omfg",
        "dear god",
        "good god",
        "good lord",
        "good grief",
        "oh my",
        "oh",
        "oh no",
        "oh dear",
        "oh well",
        "dear me",
        "my goodness",
        "oh my goodness",
        "goodness",
        "gosh",
        "oh gosh",
        "lord",
        "jesus",
        "jesus christ",
        "jesus wept",
        "christ",
        "bloody hell",
        "fucking hell",
        "hell",
        "ugh",
        "ughh",
        "ughhh",
        "argh",
        "aargh",
        "gah",
        "ffs",
        "fml",
        "wtf",
        "fuck",
        "fuck me",
        "fuck this",
        "fuck my life",
        "fuck sake",
        "for fuck's sake",
        "for fucks sake",
        "for god's sake",
        "for gods sake",
        "oh for god's sake",
        "oh for fuck's sake",
        "for christ's sake",
        "for heaven's sake",
        "for crying out loud",
        "shit",
        "oh shit",
        "crap",
        "damn",
        "damn it",
        "dammit",
        "bollocks",
        "wow",
        "jeez",
        "geez",
        "sheesh",
        "oof",
        "oops",
        "whoops",
        "man",
        "well",
        "hi",
        "hey",
        "hello",
        "sigh",
        "yikes",
        "woe is me",
    )
)
AFTER_INTERJECTION: Final = (
    I_WORDS
    | YOU
    | WH
    | frozenset(
        """my he she they we everyone everybody nobody that's this it's its why's what's not am was
        aren't can't""".split()
    )
)
LONGEST_INTERJECTION: Final = 4
