"""Italian. Italiano."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="it",
    occasions=words("lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi"),
    joining=words("e ed"),
    function=words("""
        il lo la i gli le un uno una del dello della dei degli delle al allo alla ai agli alle dal dalla nel
        nella sul sulla di a da in con su per tra fra e o ma che chi cui quando dove come perché se non né
        io tu lui lei noi voi loro mi ti si ci vi è sono era erano essere stato ha hanno aveva avere fa può
        deve più meno molto anche ancora sempre mai tutto tutti questo questa questi quello quella oggi ieri
        domani qui già così secondo
    """),
    strong=words("dice detto disse spiega spiegato"),
    verbs=words("""
        afferma affermato affermò aggiunge aggiunto aggiunse ammette ammesso annuncia annunciato assicura
        chiede chiesto commenta commentato conclude concluso conferma confessa confida considera dice detto
        disse dichiara dichiarato dichiarò esclama insiste lamenta nota osserva osservato precisa precisato
        promette racconta raccontato raccontò replica replicato ribadisce ribadito ricorda ricordato
        risponde risposto rispose rivela riferisce scrive scritto sostiene sottolinea sottolineato spiega
        spiegato spiegò
    """),
    according=frozenset({("secondo",)}),
    pronouns={"lui": "m", "lei": "f", "egli": "m", "ella": "f", "loro": "", "io": "", "noi": ""},
    relatives=words("che"),
    determiners=words(
        "il lo la i gli le un uno una suo sua questo questa quello quella due tre ogni alcuni molti"
    ),
    prepositions=words("""
        di a da in con su per tra fra del dello della dei degli delle al alla dal dalla nel nella sul sulla
        secondo
    """),
    conjunctions=words("e o ma che quando se come mentre perché"),
    auxiliaries=words("ha hanno aveva è era anche poi ancora già oggi ieri"),
    attaching=words("di del della dei"),
    adverb="mente",
    titles={"signor": "m", "signora": "f", "ministro": "m", "presidente": "", "dott": "m", "dottoressa": "f"},
    particles=words("di de del della da dal la lo van von"),
    places=words("italia roma milano napoli torino europa"),
    organisations=words(
        "partito ministero senato camera università società consiglio fondazione banca comune club"
    ),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("lui lei loro questo questa ciò e ma o perché allora anche"),
    personal=words("io mi me mio mia miei noi ci nostro nostra"),
    emphatic=words("mai sempre niente nulla nessuno tutto tutti amore odio paura sogno verità libero solo"),
)
