"""Spanish. Español."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="es",
    records=words("primera primer primero única único récord jamás mayor"),
    occasions=words("lunes martes miércoles jueves viernes sábado domingo ayer hoy"),
    joining=words("y e"),
    function=words("""
        el la los las un una unos unas lo al del de y o u pero sino que quien cuando donde como porque
        aunque si no ni yo tú él ella ellos ellas nosotros usted ustedes me te se nos le les mi tu su mis
        tus sus nuestro nuestra es son era eran ser fue fueron ha han había haber hay está están estaba
        tiene tienen hace puede debe en por para con sin sobre entre desde hasta hacia según contra durante
        tras ante bajo muy más menos también ya aún siempre nunca todo todos toda todas esto eso este esta
        estos estas ese esa hoy ayer mañana aquí allí
    """),
    strong=words("dijo dice dicho explicó explica afirmó afirma señaló señala"),
    verbs=words("""
        aclara aclaró admite admitió advierte advirtió afirma afirmó agrega agregó anuncia anunció añade
        añadió apunta apuntó argumenta argumentó asegura aseguró asevera aseveró comenta comentó concluye
        concluyó confesó confiesa confirma confirmó considera consideró contesta contestó cree cuenta contó
        cuestionó critica criticó declara declaró declarado defiende defendió denuncia denunció destaca
        destacó dice dicen dijo dijeron dicho decía escribe escribió exclama exclamó explica explicó
        explicado expresa expresó insiste insistió lamenta lamentó manifiesta manifestó matiza matizó
        menciona mencionó murmura opina opinó pide pidió precisa precisó pregunta preguntó promete prometió
        reconoce reconoció recordó recuerda recalca recalcó reitera reiteró relata relató remarca remarcó
        replica replicó responde respondió resume resumió revela reveló señala señaló sentenció sostiene
        sostuvo subraya subrayó sugiere sugirió susurra
    """),
    according=frozenset({("según",), ("de", "acuerdo", "con")}),
    pronouns={"él": "m", "ella": "f", "ellos": "", "ellas": "", "yo": "", "nosotros": ""},
    possessives={},
    relatives=words("quien que"),
    determiners=words("""
        el la los las un una unos unas su sus mi mis nuestro nuestra este esta ese esa aquel varios muchos
        dos tres cada otro otra
    """),
    prepositions=words(
        "de del a al en por para con sin sobre entre desde hasta hacia según contra durante tras ante bajo"
    ),
    conjunctions=words("y o u e pero sino que cuando si como mientras porque aunque"),
    auxiliaries=words("""
        ha han había habían se le les lo también ya luego después entonces hoy ayer lunes martes miércoles
        jueves viernes sábado domingo
    """),
    attaching=words("de del"),
    adverb="mente",
    titles={
        **dict.fromkeys("sr señor don presidente ministro director".split(), "m"),
        **dict.fromkeys("sra srta señora doña presidenta ministra directora".split(), "f"),
        **dict.fromkeys("dr dra portavoz".split(), ""),
    },
    particles=words("de del la las los y van von da"),
    roles=words("primer primera"),
    places=words(
        "españa madrid barcelona méxico argentina chile colombia perú venezuela cuba europa américa"
    ),
    organisations=words("""
        partido ministerio congreso senado universidad sociedad consejo comisión fundación banco ciudad
        ayuntamiento gobierno país mundo efe asociación federación liga club psoe pp vox
    """),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("él ella ellos ellas esto eso este esta y pero o porque entonces también así"),
    expletives=words("es"),
    complements=words("que cuando si"),
    personal=words("yo me mi mis mí nosotros nos nuestro nuestra"),
    emphatic=words("nunca siempre nada nadie todo todos ningún amor odio miedo sueño verdad libre solo"),
)
