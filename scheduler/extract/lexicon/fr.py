"""French. Français."""

from __future__ import annotations

from scheduler.extract.lexicon import first_names
from scheduler.extract.lexicon._language import Language, words

_VERBS = words("""
    admet admis affirmait affirme affirmé agacé ajoutait ajoute ajouté amusé annonce annoncé appelle
    assurait assure assuré avance avoue avoué commente commenté conclu conclut confiait confie confirme
    confirmé confié considère constate constaté crie crié demande demandé disait disent dit déclarait
    déclare déclaré décrit dénonce dénoncé déplore détaille emporté espère estimait estime estimé
    exclamé expliquait explique expliqué fustige glisse glissé indigné indique indiqué inquiété insiste
    insisté insurgé interroge ironise ironisé juge jugé lance lancé lâche lâché martelé martèle murmure
    note noté nuance nuancé observe plaide plaisante plaisanté poursuit poursuivi promet promis
    précisait précise précisé prévient racontait raconte raconté rappelle rappelé reconnaît reconnu
    regrette regretté relève remarque réjoui réplique répliqué répond répondu répète répété résume
    rétorque révèle révélé s'exclame s'inquiète s'insurge s'interroge salue salué souffle souligne
    souligné soupire soupiré sourit souvient tempère tempéré tranche témoigne témoigné écrit écrivait
    étonné
""")


def _agreeing(verbs: frozenset[str]) -> frozenset[str]:
    """s’est indignée, ont déclaré: participles agree with who speaks."""
    return frozenset(verb + ending for verb in verbs if verb.endswith("é") for ending in ("e", "s", "es"))


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
    verbs=_VERBS | _agreeing(_VERBS),
    occasions=words("lundi mardi mercredi jeudi vendredi samedi dimanche hier matin soir jour"),
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
        contre en dès malgré selon parmi devant lors auprès
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
