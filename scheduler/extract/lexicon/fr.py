"""French. Français."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

LANGUAGE = Language(
    code="fr",
    records=words("première premier premières premiers seule seul record jamais"),
    joining=words("et"),
    function=words("""
        le la les un une des du de au aux et ou mais donc or ni car que qui quoi dont où si ce cet cette ces
        ça cela je tu il elle on nous vous ils elles me te se lui leur leurs mon ton son ma ta sa mes tes
        ses notre votre est sont était étaient être été a ont avait avaient avoir fait faire peut doit dans
        par pour sur avec sans sous entre chez vers avant après depuis pendant contre en y ne pas plus moins
        très bien aussi encore toujours jamais tout tous toute toutes comme quand alors ainsi selon même
        autre là ici hier aujourd demain
    """),
    strong=words("dit déclare déclaré explique expliqué affirme affirmé raconte raconté"),
    verbs=words("""
        admet admis affirme affirmé affirmait ajoute ajouté ajoutait annonce annoncé appelle assure assuré
        assurait avance avoue avoué commente commenté conclut conclu confie confié confiait confirme
        confirmé considère constate constaté crie crié déclare déclaré déclarait décrit demande demandé
        dénonce dénoncé déplore détaille dit disait disent écrit écrivait espère estime estimé estimait
        explique expliqué expliquait fustige glisse glissé indique indiqué insiste insisté interroge juge
        jugé lance lancé martèle murmure note noté observe plaide poursuit poursuivi précise précisé
        précisait prévient promet promis raconte raconté racontait rappelle rappelé reconnaît reconnu
        regrette regretté relève remarque répète répété répond répondu réplique répliqué résume rétorque
        révèle révélé s'exclame s'interroge s'inquiète s'insurge sourit souffle souligne souligné soupire
        souvient témoigne témoigné tranche
    """),
    according=frozenset({("selon",), ("d'après",), ("d’après",)}),
    pronouns={"il": "m", "elle": "f", "ils": "", "elles": "", "on": "", "je": "", "nous": ""},
    possessives={"lui-même": "m", "elle-même": "f"},
    relatives=words("qui"),
    determiners=words("""
        le la les un une des du ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre plusieurs
        deux trois chaque tout toute
    """),
    prepositions=words("""
        de du des à au aux dans par pour sur avec sans sous entre chez vers avant après depuis pendant
        contre en dès malgré selon parmi
    """),
    conjunctions=words("et ou mais donc car que quand si comme lorsque tandis alors"),
    auxiliaries=words("""
        a ont avait avaient est était s'est s’est sont y aussi alors encore ensuite ainsi également lui leur
        nous se toujours jamais pas ne hier aujourd'hui lundi mardi mercredi jeudi vendredi samedi dimanche
    """),
    attaching=words("de du des d'"),
    adverb="ment",
    titles={
        **dict.fromkeys("m monsieur président ministre directeur".split(), "m"),
        **dict.fromkeys("mme madame mlle présidente directrice".split(), "f"),
        **dict.fromkeys("dr pr maître me".split(), ""),
    },
    particles=words("de du des la le d' van von el ben"),
    roles=words("premier première pdg"),
    places=words(
        "france paris lyon marseille belgique suisse québec canada europe afrique allemagne espagne italie"
    ),
    organisations=words("""
        parti ministère assemblée sénat université société conseil commission fondation banque ville mairie
        journal monde figaro libération afp association fédération ligue club
    """),
    male=first_names.MALE,
    female=first_names.FEMALE,
    dangling=words("il elle ils elles ce c'est c’est cela ça ceci et mais ou donc car parce alors là"),
    expletives=words("il ce c'est"),
    complements=words("de que quand si"),
    personal=words("je j'ai j’ai moi mon ma mes nous notre nos"),
    emphatic=words(
        "jamais toujours rien personne tout tous aucun aimer amour haine peur rêve vérité faux libre seul"
    ),
)
