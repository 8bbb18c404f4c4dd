"""Portuguese. Português."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="pt",
    occasions=words(
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo ontem hoje"
    ),
    joining=words("e"),
    function=words("""
        o a os as um uma uns umas do da dos das no na nos nas ao à aos às de em por para com sem sobre entre
        até e ou mas que quem quando onde como porque se não nem eu tu ele ela nós vós eles elas você vocês
        me te lhe meu minha seu sua seus suas é são era eram ser foi foram está estão tem têm tinha há pode
        deve muito mais menos também já ainda sempre nunca tudo todos toda isto isso este esta esse essa
        hoje ontem amanhã aqui segundo pelo pela
    """),
    strong=words("disse diz dito explicou explica afirmou afirma"),
    verbs=words("""
        acrescenta acrescentou admite admitiu afirma afirmou alerta alertou anuncia anunciou argumenta
        assegura assegurou avalia avaliou comenta comentou completa completou conclui concluiu confessa
        confirma confirmou conta contou critica declara declarou defende defendeu destaca destacou diz dizem
        disse disseram dito escreve escreveu esclarece exclama explica explicou garante garantiu insiste
        lamenta lamentou lembra lembrou observa observou pede pediu pergunta perguntou promete prometeu
        reclama reconhece reconheceu relata relatou repete responde respondeu ressalta ressaltou revela
        revelou sublinha sublinhou
    """),
    according=frozenset({("segundo",), ("de", "acordo", "com")}),
    pronouns={"ele": "m", "ela": "f", "eles": "", "elas": "", "eu": "", "nós": ""},
    relatives=words("que quem"),
    determiners=words("o a os as um uma seu sua este esta esse essa dois três cada vários muitos"),
    prepositions=words(
        "de do da dos das em no na nos nas por pelo pela para com sem sobre entre até ao à segundo"
    ),
    conjunctions=words("e ou mas que quando se como enquanto porque"),
    auxiliaries=words("tem têm tinha havia também já depois então hoje ontem"),
    attaching=words("de do da"),
    adverb="mente",
    titles={
        "sr": "m",
        "senhor": "m",
        "sra": "f",
        "senhora": "f",
        "ministro": "m",
        "ministra": "f",
        "presidente": "",
    },
    particles=words("de da do dos das e van von"),
    places=words("portugal brasil lisboa porto europa"),
    organisations=words(
        "partido ministério congresso senado universidade conselho fundação banco câmara clube"
    ),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("ele ela eles elas isto isso este esta e mas ou porque então também"),
    personal=words("eu me mim meu minha meus minhas nós nosso nossa"),
    emphatic=words("nunca sempre nada ninguém tudo todos amor ódio medo sonho verdade livre só"),
)
