"""Words that keep their capital after a name, and names that are ordinary words too."""

from __future__ import annotations

from typing import Final

CAPITAL: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february april june july
    august september october november december christmas easter ramadan diwali hanukkah eid god
    allah jesus christ mum mom mam dad mummy daddy mama papa nan nana gran granny grandma
    grandad grandpa auntie uncle mr mrs ms dr prof english
    british american french german spanish italian indian chinese irish scottish welsh polish
    muslim christian catholic jewish hindu sikh buddhist london england britain ireland scotland
    wales america africa europe india instagram facebook tiktok whatsapp google reddit netflix
    youtube twitter""".split()
)
"""Words that have a capital in any place of a sentence."""

FIRST_NAMES: Final = frozenset(
    """aaron abby abdul abigail adam adele ahmed aisha alan alex alexander alexandra ali alice
    alison amanda amelia amir amit amy ana anders andrea andrew andy angela anita anna anne annie
    anthony antonio anya ariel arjun arthur ashley ayesha barbara becca becky ben beth bethany
    bob bobby brenda brian bridget callum cameron camille carl carla carlos carmen caroline carol
    catherine cathy charlie charlotte chloe chris christina christine christopher claire clara
    colin connor craig dan daniel daniela danielle danny darren dave david dawn debbie deborah
    debra denise dennis derek diana diane diego dimitri dom dominic donna dorothy doug edward
    eileen elaine eleanor elena eli elizabeth ella ellen ellie emily emma eric erica erin ethan
    eva evan evelyn fatima fiona florence fred gareth gary gavin gemma geoff george georgia
    gloria gordon graham greg hannah harry hassan heather heidi helen henry hugh hugo ian ibrahim
    imran ines ingrid isaac isabel isabella jacob jake james jamie jan jane janet janice jason
    jasmine javier jay jeff jen jenna jennifer jenny jeremy jess jesse jessica jill jim jo joan
    joanna joanne joe joel john jon jonathan jordan jorge jose joseph josh joshua joyce juan
    judith judy julia julian julie karen karim kate kath katherine kathleen kathy katie kelly ken
    kenji kerry kevin khalid kim kirsty kristen kumar kyle laura lauren leah lee leila leo leon
    lewis liam linda lisa liz lorraine louise lucas lucy luis luke lynn maggie malcolm marcus
    margaret maria marie mario marion martin martina mary mateo matt matthew maureen megan mei
    melissa mia michael michelle miguel mike miriam mohammed mohamed molly monica muhammad nadia
    naomi natalie natasha neha neil niamh nick nicola nicole nigel nikhil nina noah nora olga
    oliver olivia omar oscar owen pablo pam pamela patricia patrick paul paula pauline pedro pete
    peter phil philip pippa priya rachel raj rajesh ravi rebecca richard rita robert roberto robin
    roger rory ross russell ruth ryan sally sam samantha samir sandra sanjay sara sarah saoirse
    scott sean sebastian sergio sharon sheila shirley simon sofia sophia sophie stacey stella
    stephanie stephen steve steven stuart susan suzanne sylvia tamara tanya tara ted teresa terry
    thomas tim tina todd tom tomasz tony tracey tracy trevor ursula valerie vanessa vera veronica
    victor victoria vikram wayne wendy wei yasmin yusuf yuki yvonne zach zara zoe""".split()
)
"""First names that are not also ordinary words: where one of them calls the person."""

COMMON_WORDS: Final = frozenset(
    """will mark grace hope faith joy may april june art rob bill jack rose dawn ray pat sue chase
    summer autumn drew grant frank ernest guy max skip ivy lily daisy violet olive ruby pearl amber
    iris heather holly hazel jade melody harmony sky storm river brook dale glen miles wade cliff
    dean earl duke king gene buck chip rusty angel star precious honey candy ginger penny carol
    jean dick peter rich reed lance nick gale kitty rocky sunny bliss charity patience prudence
    destiny trinity justice royal true love me my mine i you am an a the it he she we so no
    be""".split()
)
"""Names that are ordinary words too."""
