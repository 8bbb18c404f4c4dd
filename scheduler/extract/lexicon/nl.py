"""Dutch. Nederlands."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="nl",
    occasions=words(
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag ochtend avond"
    ),
    joining=words("en"),
    function=words("""
        de het een en of maar want dus dat die dit deze wie wat waar wanneer hoe waarom als dan toen niet
        geen ik jij je hij zij ze wij we jullie u mij me hem haar ons hun zijn is was waren ben bent worden
        wordt werd heeft hebben had kan moet mag zal zou van voor met aan op in uit bij naar over onder
        tussen tegen door zonder om tot sinds tijdens ook nog wel al meer heel altijd nooit alles iedereen
        hier daar vandaag gisteren morgen volgens
    """),
    strong=words("zegt zei zeggen vertelt vertelde legt"),
    verbs=words("""
        aldus antwoordt antwoordde beaamt benadrukt benadrukte bekent bekende beschrijft bevestigt
        bevestigde concludeert denkt erkent erkende fluistert herinnert klaagt lacht legt legde meent meende
        merkt merkte noemt noemde onderstreept reageert reageerde roept riep schrijft schreef stelt stelde
        verklaart verklaarde vertelt vertelde verzekert vindt vond voegt voegde vraagt vroeg waarschuwt
        waarschuwde weet zegt zei zeiden gezegd
    """),
    according=frozenset({("volgens",)}),
    pronouns={"hij": "m", "zij": "f", "ze": "f", "ik": "", "wij": "", "we": ""},
    possessives={"hem": "m", "haar": "f"},
    relatives=words("die"),
    determiners=words(
        "de het een zijn haar hun ons onze mijn deze die dit dat elke ieder twee drie veel enkele"
    ),
    prepositions=words(
        "van voor met aan op in uit bij naar over onder tussen tegen door zonder om tot sinds tijdens volgens"
    ),
    conjunctions=words("en of maar want dus dat als toen terwijl omdat"),
    auxiliaries=words("heeft hebben had is was ook dan nog toen later vandaag gisteren"),
    attaching=words("van"),
    titles={"meneer": "m", "mevrouw": "f", "dr": "", "prof": "", "minister": ""},
    particles=words("van de der den het ten ter te"),
    places=words("nederland belgië vlaanderen amsterdam rotterdam brussel europa"),
    organisations=words(
        "partij ministerie kamer universiteit gemeente stichting bank krant vereniging club nos"
    ),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("hij zij ze het dat dit deze die en maar of want dan daar"),
    expletives=words("het er"),
    complements=words("te dat als"),
    personal=words("ik mij me mijn wij we ons onze"),
    emphatic=words(
        "nooit altijd niets niemand alles iedereen moet liefde haat angst droom waarheid vrij alleen"
    ),
    verb_second=True,
)
