"""Polish. Polski."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="pl",
    joining=words("i oraz"),
    function=words("""
        i a ale lub albo oraz że żeby który która które kiedy gdzie jak dlaczego co kto czy nie tak ja ty on
        ona ono my wy oni one mnie cię się go jej jego ich mu im mój twój swój nasz jest są był była było
        byli będzie być ma mają miał miała może musi w we na do od z ze za po przez przy dla bez pod nad
        między przed o u też także już jeszcze bardzo zawsze nigdy wszystko wszyscy to ten ta te dziś
        wczoraj jutro tu tam według
    """),
    strong=words("powiedział powiedziała mówi mówił mówiła"),
    verbs=words("""
        dodaje dodał dodała mówi mówił mówiła napisał napisała odpowiada odpowiedział odpowiedziała ocenia
        ocenił oceniła oświadczył oświadczyła podkreśla podkreślił podkreśliła podsumował powiedział
        powiedziała przekonuje przyznaje przyznał przyznała stwierdził stwierdziła tłumaczy tłumaczył
        twierdzi uważa wspomina wyjaśnia wyjaśnił wyjaśniła zapewnia zapewnił zapytał zapytała zauważył
        zauważyła zaznaczył zaznaczyła zdradza
    """),
    according=frozenset({("według",), ("zdaniem",)}),
    pronouns={"on": "m", "ona": "f", "oni": "", "ja": "", "my": ""},
    possessives={"jego": "m", "jej": "f"},
    relatives=words("który która"),
    prepositions=words("w we na do od z ze za po przez przy dla bez pod nad między przed o u według"),
    conjunctions=words("i a ale lub albo oraz że gdy kiedy jak ponieważ"),
    auxiliaries=words("też także potem już dziś wczoraj"),
    attaching=words("z ze"),
    titles={"pan": "m", "pani": "f", "dr": "", "prof": "", "minister": "", "prezydent": "", "premier": ""},
    places=words("polska warszawa kraków gdańsk wrocław europa"),
    organisations=words("partia ministerstwo sejm senat uniwersytet miasto fundacja bank klub"),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("on ona oni to ten ta i a ale bo więc tam"),
    personal=words("ja mnie mi mój moja moje my nas nam nasz nasza"),
    emphatic=words(
        "nigdy zawsze nic nikt wszystko wszyscy musi miłość nienawiść strach marzenie prawda wolny sam"
    ),
)
