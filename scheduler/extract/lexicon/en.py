"""English."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words
from scheduler.extract.lexicon.occupations import OCCUPATIONS

#: Verbs that introduce or follow a quote, in their base form.
_REGULAR = words("""
    accuse acknowledge add admonish advise advocate affirm agree allege allow amend announce answer argue
    bawl bleat chorus commiserate concede coo croak demur drawl enquire grouse grunt hiss huff posit quaver rasp
    recollect rue scowl smirk sniff snort squeal sum sympathise sympathize venture yelp
    ask assert assure attest aver bark beam bellow bemoan blame blast blurt boast brag breathe call caution
    challenge chant chide chime chirp chuckle claim clarify comment complain conclude concur confess confide
    confirm congratulate contend continue counsel counter crack crow cry deadpan declare decry defend demand
    denounce deny describe detail detect dictate dispute echo elaborate emphasise emphasize encourage
    enthuse exclaim explain express fret fume gasp giggle gripe groan growl grin grumble guess gush holler
    hint howl hypothesise hypothesize implore imply inform inquire insist instruct insinuate intone
    interject interrupt joke jot lament laugh lecture maintain marvel mention moan mock mumble murmur muse
    mutter narrate note object observe offer opine order philosophise philosophize plead pledge point ponder
    post praise pray preach predict press proclaim profess promise prompt pronounce propose protest query
    question quip quote rail rant rationalise rationalize rave read reason reassure rebut recall reckon
    recommend recount reflect refute reiterate rejoin relate remark remember remind repeat reply report
    request resolve respond retort reveal riff rip rule scoff scold scream shout shrug shriek sigh signal
    slam smile snap snarl sneer sob speculate sputter stammer state stipulate stress stutter submit suggest
    summarise summarize surmise suspect swear tease testify text thank theorise theorize threaten thunder
    toast tout tweet urge utter vent voice volunteer vow wail warn whine whisper wonder worry yell
""")
_IRREGULAR = words("""
    says said tells told writes wrote thinks thought begins began begun speaks spoke feels felt sings sang
    swears swore puts puts knows believes believed hopes hoped estimates estimated admits admitted begs
    begged blogs blogged brags bragged concurs concurred quips quipped nods nodded permits permitted prods
    prodded quits rebuts rebutted rips ripped slams slammed snaps snapped sobs sobbed stresses submits
    submitted sums summed bets means meant understands understood recounts reads likens likened dubs dubbed
    characterizes characterized cites cited denounces
""")
#: A base form is a verb only with a plural subject; most are nouns as well, and left out.
_BASE = words("""
    acknowledge add admit advise agree allege announce argue ask assert believe complain concede conclude
    contend explain insist joke lament maintain predict recall remember respond say stress suggest tell
    testify think urge warn wonder worry write
""")
_NOUNS = words("""
    calls charges challenges claims comments cracks cries demands details echoes jokes laughs lectures notes
    objects offers orders points posts presses prompts queries questions quotes reads reasons reports
    requests riffs rules shouts sighs signals signs smiles states texts toasts tweets voices vows worries
    hits means meant saw thought sees feels heard sent hopes types allows allowed permits estimates grins
    shrugs gasps groans
""")
_DOUBLED = words(
    "admit beg blog brag concur nod prod quip rebut rip slam snap sob submit sum swear quit rant chat permit"
)


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


def _participle(verb: str) -> str:
    if verb in _DOUBLED:
        return verb + verb[-1] + "ing"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


_SINGLE = _REGULAR - _DOUBLED
_FINITE = _IRREGULAR | _BASE | {_past(v) for v in _SINGLE} | {_third(v) for v in _REGULAR}

#: Never names. April, August, June, March and May may be: they stand among the places, which are no speakers alone.
_CALENDAR = words("""
    monday tuesday wednesday thursday friday saturday sunday january february july september october
    november december mon tues wed thurs fri sat sun feb mar apr jun jul aug sept oct nov dec
""")

_TITLES = words("""
    dr sen sens rep reps gov govs prof gen lt col capt sgt maj adm rev hon del atty supt cmdr pvt cpl spc
    brig fr msgr archbishop imam rabbi judge justice senator representative governor mayor president
    minister chancellor secretary speaker director professor doctor general colonel captain sergeant
    detective officer sheriff chief pope coach pastor bishop ambassador chairperson chair councilor
    lieutenant major admiral reverend spokesperson deputy inspector superintendent commissioner cardinal
    executive editor correspondent reporter strategist councillor cllr constable commodore brigadier
    corporal premier sheikh sultan emir ayatollah cantor vicar curate deacon archdeacon provost rector
    principal headteacher nurse matron midwife curator conductor judge-advocate warden superintendent
    mp msp councilmember assemblymember commander envoy treasurer trustee leader undersheriff undersecretary
    midfielder
""")
_TITLES_OF_MEN = words("""
    mr sir lord king prince congressman chairman spokesman father councilman viscount headmaster alderman
    uncle brother monsieur
""")
_TITLES_OF_WOMEN = words("""
    mrs ms miss dame lady queen princess congresswoman chairwoman spokeswoman councilwoman baroness duchess
    countess headmistress aunt auntie sister madame
""")

LANGUAGE = Language(
    code="en",
    function=words("""
        a about after again all also although always among an and another any are around as at away back be
        because been before being below best between both but by can cannot could did do does doing down
        during each either else even ever every everyone everything few first for from further get got had
        has have having he her here hers herself him himself his how however i if in indeed instead into is
        it its itself just last later least less let like many may maybe me meanwhile might mine more most
        much must my myself neither never no nobody none nor not nothing now of off often oh ok okay on once
        one only or other others our ours out over own perhaps please quite rather really same see she
        should since so some someone something sometimes soon still such than thanks that the their theirs
        them then there therefore these they this those though three through thus to today together tomorrow
        tonight too two under unless unlike until up upon us very was we well were what whatever when
        whenever where whether which while who whom whose why will with within without would yes yesterday
        yet you your yours yourself according asked asking despite earlier following given including next
        previously recently speaking across against along amid behind beyond inside near outside past per
        toward towards via versus
    """)
    | _CALENDAR,
    strong=words(
        "said says say told tells adds added wrote writes asked asks tweeted explains explained replied"
    ),
    verbs=_FINITE - _NOUNS,
    doubtful=_NOUNS
    - words("hits means meant thought saw sees feels heard sent allows allowed permits hopes"),
    participles=frozenset(_participle(v) for v in _REGULAR | _DOUBLED)
    | words("saying telling writing thinking believing"),
    phrasal={
        **dict.fromkeys(
            "shot shoots fired fires hit hits struck strikes pushed pushes clapped claps".split(),
            words("back"),
        ),
        **dict.fromkeys("went goes".split(), words("on")),
        **dict.fromkeys("chimed chimes weighed weighs".split(), words("in")),
        **dict.fromkeys("piped pipes spoke speaks".split(), words("up")),
        **dict.fromkeys("put puts".split(), words("it")),
        **dict.fromkeys("made makes".split(), words("clear")),
        **dict.fromkeys("summed sums".split(), words("up")),
        **dict.fromkeys("took takes".split(), words("to")),
    },
    according=frozenset({("according", "to"), ("in", "the", "words", "of")}),
    pronouns={"he": "m", "she": "f", "they": "", "it": "", "i": "", "we": "", "you": ""},
    possessives={"his": "m", "him": "m", "himself": "m", "her": "f", "hers": "f", "herself": "f"},
    relatives=words("who"),
    determiners=words("""
        the a an one his her their its our my your another some many several both two three four five other
        this that these those most any each every no few all
    """),
    definite=words("the his her their its our"),
    prepositions=words("""
        of in for to with by on at from about against over after before during under near via into like than
        among between behind beyond across along amid around as despite inside outside off onto per since
        through throughout toward towards until upon within without including unlike
    """),
    conjunctions=words(
        "and but or so yet because when while if although though whereas then that as after before"
    ),
    joining=words("and"),
    subordinating=words("when because while if although though since until unless whereas despite whether"),
    auxiliaries=words("""
        wouldn't couldn't didn't doesn't don't hasn't haven't hadn't won't can't isn't wasn't weren't aren't
        shouldn't has have had would will was is were are did does do be been being also later then once
        recently repeatedly often always never simply just even still again first himself herself themselves
        previously subsequently eventually finally famously jokingly reportedly not to soon ever only
        earlier twice further quickly now yesterday today can could should may might must went on continued
        quoted as heard seen kept began
    """),
    passives=words("is are was were be been being am isn't wasn't weren't"),
    finite=words("""
        has had will would is was does did can could should may might must isn't wasn't hasn't hadn't
        doesn't didn't won't wouldn't can't couldn't
    """),
    occasions=words("""
        monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night week month
        year statement interview email e-mail tweet post speech release conference letter report briefing
        text call
    """),
    attaching=words("of for from at with in on"),
    adverb="ly",
    titles={
        **dict.fromkeys(_TITLES, ""),
        **dict.fromkeys(_TITLES_OF_MEN, "m"),
        **dict.fromkeys(_TITLES_OF_WOMEN, "f"),
    },
    particles=words("de le la van von der den bin ibn al el da di du dos del ter ten af av y zu bint ben"),
    roles=words("""
        majority minority leader whip candidate nominee presidential press vice republican democrat
        democratic republicans democrats gop american british french german italian spanish russian chinese
        japanese canadian mexican australian indian israeli european african asian latino hispanic muslim
        christian jewish catholic army navy air force marine vice prime attorney lieutenant former acting
        senior junior local rookie veteran fellow defending reigning deputy assistant associate co-founder
        founder ceo cfo coo author actor actress singer
        comedian journalist analyst pollster host anchor correspondent historian economist lawyer activist
        filmmaker director producer writer poet artist then-sen then-gov then-president hon honorable
    """),
    occupations=OCCUPATIONS,
    agents=("ist", "ian", "or", "er", "man", "woman", "member", "person", "-two", "-three", "-four", "-five"),
    places=words("""
        u.s u.n u.k e.u d.c n.y america britain england scotland wales ireland france germany italy spain
        russia china japan india canada mexico israel iran iraq syria turkey egypt africa asia europe
        australia brazil ukraine poland sweden norway washington london paris berlin moscow beijing tokyo
        brussels rome madrid york jersey hampshire carolina dakota virginia florida texas california iowa
        ohio pennsylvania michigan wisconsin nevada arizona colorado georgia massachusetts illinois indiana
        minnesota missouri oregon maryland connecticut louisiana alabama mississippi tennessee kentucky
        oklahoma kansas nebraska utah idaho montana wyoming maine vermont delaware alaska hawaii arkansas
        chicago boston philadelphia detroit houston dallas denver seattle atlanta miami cleveland brooklyn
        manhattan hollywood twitter facebook instagram google youtube christmas easter english saudi arabia
        korea zealand pakistan afghanistan turkey greece portugal netherlands belgium denmark finland
        austria switzerland hungary ireland libya yemen qatar vietnam thailand indonesia philippines
        singapore taiwan cuba venezuela colombia argentina chile peru nigeria kenya ethiopia april august
        june march """),
    organisations=words(""" committee university house department court party street
        city states state inc co corp company group association institute council board agency bureau office
        center centre foundation school college hospital church press times post journal news network
        campaign union federation league club team bank fund ministry army police force forces service
        services commission administration convention election act bill plan avenue road county district
        world cup championship championships series magazine show radio guardian telegraph mail tribune
        herald security affairs intelligence coalition project society museum park beach island river
        mountain lake north south east west congress senate assembly parliament authority organization
        organisation trust alliance initiative academy theatre theater orchestra festival awards games
        olympics society systems technologies industries international national federal united democratic
        republican conservative labour reuters bloomberg cnn nbc abc cbs msnbc fox npr bbc politico
        breitbart buzzfeed vox motorsport motorsports fc united america americans nation nations war day
        week street report poll energy coal oil gas motors airlines media entertainment capital holdings
        partners labs records studios pictures pharmaceuticals insurance electric steel foods brands charter
        treaty accord
    """),
    families=words("fox park street church day west east north lake court bond post oil coal bank march"),
    records=words(
        "first only largest biggest smallest oldest youngest fastest longest highest lowest record never"
    ),
    male=first_names.MALE,
    female=first_names.FEMALE,
    shared=words("""
        taylor parker hunter carter skyler sawyer ryder wilder walker chandler porter palmer baker fisher turner
        summer winter juniper foster coleman freeman sherman rahman
    """),
    dangling=words(
        "he she they it this that these those him her them his and but so or because then there which also"
    ),
    expletives=words("it there"),
    complements=words("to that when if because"),
    personal=words("i i'm i've i'd i'll me my mine myself we we're we've our us ours"),
    emphatic=words("""
        never always nothing nobody everything everyone everybody must can't cannot won't best worst love
        hate fear hope dream fight fought win won lose lost wrong truth lie impossible alone proud afraid
        brave crazy
    """),
)
