"""Swedish. Svenska."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="sv",
    occasions=words("måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen igår idag"),
    joining=words("och"),
    function=words("""
        en ett den det de dem och eller men utan för att som om när då där här hur varför vad vem inte ingen
        inget jag du han hon vi ni mig dig sig oss er min din sin hans hennes vår deras är var vara blir
        blev har hade kan måste ska skulle vill av på i med till från hos efter före under över mellan mot
        genom vid sedan också mer mycket alltid aldrig allt alla idag igår imorgon enligt
    """),
    strong=words("säger sade sa berättar berättade"),
    verbs=words("""
        anser ansåg berättar berättade betonar betonade erkänner förklarar förklarade frågar frågade hävdar
        hävdade instämmer konstaterar konstaterade lovar medger menar menade minns ropar sa sade säger sagt
        skriver skrev skrattar svarar svarade tillägger tillade tror tycker tyckte undrar uppger varnar
        viskar
    """),
    according=frozenset({("enligt",)}),
    pronouns={"han": "m", "hon": "f", "de": "", "vi": "", "jag": ""},
    possessives={"hans": "m", "honom": "m", "hennes": "f", "henne": "f"},
    relatives=words("som"),
    determiners=words(
        "en ett den det de hans hennes deras sin vår min denna detta dessa två tre många flera varje"
    ),
    prepositions=words(
        "av på i med till från hos efter före under över mellan mot genom vid om för utan enligt"
    ),
    conjunctions=words("och eller men att när om då medan eftersom"),
    auxiliaries=words("har hade är var också sedan då nu idag igår"),
    attaching=words("från av i"),
    titles={"herr": "m", "fru": "f", "dr": "", "professor": "", "statsminister": "", "minister": ""},
    particles=words("af av von de"),
    places=words("sverige stockholm göteborg malmö norge danmark finland europa"),
    organisations=words("partiet riksdagen regeringen universitet kommun stiftelsen bank förening klubb"),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("han hon det den de detta denna och men eller för då där"),
    expletives=words("det"),
    complements=words("att om när"),
    personal=words("jag mig min mitt mina vi oss vår vårt våra"),
    emphatic=words("aldrig alltid inget ingen allt alla måste kärlek hat rädsla dröm sanning fri ensam"),
    verb_second=True,
)
