"""German. Deutsch."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="de",
    records=words(
        "erste ersten erster erstes einzige einzigen größte größten älteste ältesten jüngste jüngsten rekord"
    ),
    occasions=words(
        "montag dienstag mittwoch donnerstag freitag samstag sonntag gestern heute dazwischen hinzu dazu"
    ),
    joining=words("und"),
    function=words("""
        dazu darauf daraufhin dabei damit davon dagegen darüber zudem außerdem doch jedoch später zuvor
        der die das den dem des ein eine einen einem einer eines und oder aber denn sondern nicht auch noch
        schon nur ich du er sie es wir ihr mich dich sich uns euch ihn ihm ihnen mein dein sein ihre ihren
        seine seinen unser ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können
        muss müssen soll sollen will von vom mit bei beim nach aus auf für über unter zwischen vor hinter
        gegen durch ohne um bis seit während im in am an zum zur zu als wie wenn weil dass ob da dann so was
        wer wo wann warum welche welcher dieser diese dieses jeder jede jedes alle alles kein keine mehr
        sehr immer wieder heute gestern morgen hier dort damals
    """),
    strong=words("sagt sagte sagten erklärt erklärte erzählt erzählte betont betonte meint meinte"),
    verbs=words("""
        antwortet antwortete argumentiert argumentierte befand befindet bekräftigt bekräftigte bemerkt
        bemerkte berichtet berichtete beschreibt beschrieb bestätigt bestätigte beteuert beteuerte betont
        betonte entgegnet entgegnete ergänzt ergänzte erinnert erinnerte erklärt erklärte erklärten
        erläutert erläuterte erwidert erwiderte erzählt erzählte findet fand flüstert flüsterte fordert
        forderte fragt fragte freut freute fügt fügte gesteht gestand glaubt glaubte hofft hoffte klagt
        klagte kommentiert kommentierte kritisiert kritisierte kündigt kündigte lacht lachte lobt lobte
        mahnt mahnte meint meinte meinten nennt nannte räumt räumte rief ruft sagt sagte sagten gesagt
        schildert schilderte schreibt schrieb schwärmt schwärmte so spricht sprach stellt stellte teilt
        teilte twittert twitterte verrät verriet versichert versicherte verspricht versprach verteidigt
        verteidigte verweist verwies warnt warnte weiß wusste wiederholt wiederholte zitiert zitierte
    """),
    according=frozenset({("laut",), ("nach", "angaben", "von"), ("zufolge",)}),
    pronouns={"er": "m", "sie": "f", "es": "", "wir": "", "ich": "", "man": ""},
    possessives={"sein": "m", "seine": "m", "seinen": "m", "ihm": "m", "ihn": "m", "ihre": "f", "ihren": "f"},
    relatives=words("der die"),
    determiners=words("""
        der die das den dem des ein eine einen einem einer eines sein seine seinen seiner ihr ihre ihren
        ihrer unser unsere mein meine dieser diese dieses jeder jede alle viele einige zwei drei kein keine
    """),
    prepositions=words("""
        von vom mit bei beim nach aus auf für über unter zwischen vor hinter gegen durch ohne um bis seit
        während im in am an zum zur zu ins ans gegenüber laut wegen trotz des der
    """),
    conjunctions=words("und oder aber denn als wenn weil dass ob während nachdem bevor"),
    auxiliaries=words("""
        hat habe haben hatte hatten ist war wird wurde auch dann noch nun später einmal damals sich nicht
        heute gestern jetzt schließlich zuletzt kürzlich weiter hinzu
    """),
    attaching=words("von vom aus bei der des"),
    titles={
        **dict.fromkeys("herr minister präsident trainer kanzler".split(), "m"),
        **dict.fromkeys("frau ministerin präsidentin trainerin kanzlerin".split(), "f"),
        **dict.fromkeys("dr prof professor bundeskanzler bundeskanzlerin sprecher sprecherin".split(), ""),
    },
    particles=words("von van der den zu vom zum de la"),
    roles=words("ceo chef chefin autor autorin"),
    places=words(
        "deutschland österreich schweiz europa berlin hamburg münchen köln frankfurt wien zürich usa"
    ),
    organisations=words("""
        ag gmbh verein partei ministerium bundestag bundesrat universität stadt land zeitung verlag stiftung
        gesellschaft spd cdu csu fdp afd grünen ard zdf spiegel zeit presse
    """),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("er sie es das dies diese dieser und aber denn oder weil dann da dort"),
    expletives=words("es"),
    complements=words("zu dass wenn ob weil"),
    personal=words("ich mich mir mein meine wir uns unser unsere"),
    emphatic=words(
        "nie niemals immer nichts niemand alle alles jeder muss liebe hass angst traum kampf falsch wahrheit"
    ),
    capitalises_nouns=True,
    verb_second=True,
)
