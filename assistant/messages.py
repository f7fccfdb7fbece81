"""Every string of the core that a person reads, in French, and in English where answers need it."""

from assistant.types import Language

ERRORS: dict[str, str] = {
    "question_empty": "Écrivez une question : il n'y a rien à chercher pour l'instant.",
    "question_too_long": (
        "La question compte {length} caractères, pour {limit} au plus : raccourcissez-la."
    ),
    "question_not_text": "La question doit être un texte qui contient des lettres ou des chiffres.",
    "history_malformed": "L'historique de la conversation est mal formé : {detail}.",
    "request_malformed": "La requête est mal formée : {detail}.",
    "source_unknown": "Aucun document ne porte l'identifiant « {id} ».",
    "passage_unknown": "Aucun passage ne porte l'identifiant « {id} ».",
    "index_missing": "Aucun index n'est prêt : lancez « python -m ingest », puis réessayez.",
    "index_damaged": (
        "L'index {version} est illisible ({cause}) : relancez « python -m ingest --fresh »."
    ),
    "index_other_model": (
        "L'index a été fait avec le modèle « {made} », les réglages demandent « {asked} » : "
        "relancez « python -m ingest », ou remettez ASSISTANT_EMBEDDING_MODEL comme il était."
    ),
    "index_model_changed": (
        "Le modèle « {asked} » a changé depuis que l'index a été fait : relancez "
        "« python -m ingest »."
    ),
    "model_unavailable": (
        "Le modèle d'embedding « {name} » ne peut pas être chargé : {cause}. Vérifiez "
        "ASSISTANT_EMBEDDING_MODEL (« bundled », un identifiant sentence-transformers, un dossier)."
    ),
    "model_failed": (
        "Le modèle d'embedding « {name} » a échoué sur un texte : {cause}. Ses fichiers sont sans "
        "doute abîmés : remettez-les, ou changez ASSISTANT_EMBEDDING_MODEL, puis lancez "
        "« python -m ingest »."
    ),
    "passage_too_long": (
        "Un passage dépasse ce que le modèle d'embedding peut lire et serait tronqué : « {start}… »"
    ),
}

SECRET_SHORT = "un secret compte {least} caractères au moins"
ORIGIN_REFUSED = (
    "« {origin} » n'est pas l'origine d'un site ; écrivez-la comme le navigateur, par exemple "
    "« https://www.rtes.fr », sans chemin, sans majuscule et sans port par défaut"
)
PROXY_REFUSED = (
    "« {proxy} » n'est ni une adresse ni un réseau ; écrivez par exemple « 10.0.0.5 » ou "
    "« 10.0.0.0/24 », mais pas tout Internet"
)
STORAGE_REFUSED = "écrivez l'adresse d'un Redis, par exemple « redis://:secret@10.0.0.5:6379/0 »"
HOST_REFUSED = (
    "« {host} » n'est pas le nom d'un site ; écrivez-le seul et en minuscules, par exemple "
    "« www.rtes.fr », sans https, sans port et sans chemin"
)
NOT_FINITE = "un vecteur n'est pas fait de nombres finis"

DETAILS: dict[str, str] = {
    "object": "un objet JSON est attendu, avec au moins le champ « question »",
    "unknown": "champ inconnu : {names} ; sont admis : {known}",
    "echelon": "« echelon » vaut {known}, ou null",
    "place": "« place » est un texte de {limit} caractères au plus, ou null",
    "sources": "« sources » est une liste d'identifiants de documents ({limit} au plus)",
    "turns": "une liste de {limit} tours au plus est attendue, du plus ancien au plus récent",
    "turn": (
        'le tour {position} doit être un texte, ou un objet {{"role": "user" ou '
        '"assistant", "content": "…"}}'
    ),
    "turn_length": "le tour {position} dépasse {limit} caractères",
}

MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip

# What is wanted of each kind, where it is not told.
VALUES: dict[Language, dict[str, str]] = {
    "fr": {
        "phone": "le numéro de téléphone.", "email": "l'adresse électronique.",
        "postal": "l'adresse postale.", "time": "l'heure.", "url": "l'adresse du site.",
        "where": "le lieu.", "enumeration": "la liste.", "percent": "le pourcentage.",
        "duration": "la durée.", "amount": "le montant.", "count": "le nombre.",
        "definition": "la définition.",
        "names": "les noms.", "person": "le nom.", "actor": "qui.", "date": "la date.",
    },
    "en": {
        "phone": "the telephone number.", "email": "the e-mail address.",
        "postal": "the postal address.", "time": "the time.", "url": "the address of the site.",
        "where": "the place.", "enumeration": "the list.", "percent": "the percentage.",
        "duration": "how long.", "amount": "the amount.", "count": "the number.",
        "definition": "the definition.",
        "names": "the names.", "person": "the name.", "actor": "who.", "date": "the date.",
    },
}  # fmt: skip

ANSWERS: dict[Language, dict[str, str]] = {
    "fr": {
        "about": "vers",
        "missing": "Ce que les documents ne disent pas :",
        "refused": "Je ne sais pas : les documents que j'ai ne répondent pas à cette question.",
        "turn_to": "Le RTES peut vous orienter : {site}.",
        "near": "Les passages les plus proches sont donnés à titre indicatif.",
        "all_levels": "Ce que toute collectivité peut faire",
        "examples": "Des exemples",
        "elsewhere": "rien n'y est dit de « {place} » en particulier.",
        "side": "ce qu'il en est de : {side}.",
        "disagree": "Les documents ne donnent pas la même valeur ; les voici côte à côte.",
        "number": "« {said} » : la liste du document en compte {told}.",
        "premise": "« {said} » : le passage cité donne autre chose, lisez-le.",
        "claim": "« {said} » : le passage cité ne le dit pas.",
        "written": (
            "Rédigé par un modèle de langue et vérifié phrase par phrase : les citations font foi."
        ),
        "fallback": (
            "Le modèle de langue n'a pas pu rédiger cette réponse : elle est faite de citations."
        ),
        "cut": (
            "Le modèle a été coupé à sa limite de longueur ou de temps : son texte s'arrête avant "
            "la fin."
        ),
        "also": "Aussi dans les documents",
        "checked": (
            "Vérification de ce qu'un modèle de langue a écrit : {what}. Elle peut se tromper."
        ),
        "kept": "une phrase a été gardée",
        "kepts": "{n} phrases ont été gardées",
        "replaced": "une phrase a été remplacée par le passage cité",
        "replaceds": "{n} phrases ont été remplacées par le passage cité",
        "removed": "une phrase qui n'a pas pu être vérifiée a été retirée",
        "removeds": "{n} phrases qui n'ont pas pu être vérifiées ont été retirées",
        "and": " et ",
        "now": "ce qu'il en est aujourd'hui ; le passage cité date de {date}.",
        "in_force": "en vigueur depuis le {since}",
        "was_in_force": "en vigueur du {since} au {until}",
        "repealed": "abrogé",
        "lapsed": "Cet article n'est pas en vigueur aujourd'hui : {versions}. "
        "Demandez « l'ancienne version » de l'article pour la lire.",
        "not_then": "Je n'ai pas la version demandée de cet article. J'ai : {versions}.",
        "article_cut": "la suite de cet article, qui est long.",
        "greeting": (
            "Bonjour ! Je suis un assistant automatique : je réponds, citations à l'appui, aux "
            "questions sur les PTCE et le rôle des collectivités. Que voulez-vous savoir ?"
        ),
        "identity": (
            "Je suis un assistant automatique, pas une personne. Je réponds aux questions sur les "
            "PTCE avec des citations exactes des documents du RTES, ou je dis que je ne sais pas."
        ),
        "thanks": "Avec plaisir. Je reste à votre disposition pour toute question sur les PTCE.",
        "goodbye": "Au revoir, et bonne continuation.",
        "orders": (
            "Je ne suis pas les instructions de ce genre : je réponds seulement, citations à "
            "l'appui, aux questions sur les PTCE et le rôle des collectivités."
        ),
    },
    "en": {
        "about": "about",
        "missing": "What the documents do not say:",
        "refused": "I do not know: the documents that I have do not answer this question.",
        "turn_to": "The RTES may help you further: {site}.",
        "near": "The nearest passages are given for information only.",
        "all_levels": "What any local authority can do",
        "examples": "Examples",
        "elsewhere": "nothing in them is about “{place}” in particular.",
        "side": "anything on: {side}.",
        "disagree": "The documents do not give the same value; here they are side by side.",
        "number": "“{said}”: the list in the document has {told}.",
        "premise": "“{said}”: the quoted passage says otherwise.",
        "claim": "“{said}”: the quoted passage does not say so.",
        "written": (
            "Written by a language model and checked sentence by sentence: "
            "the quotations are what counts."
        ),
        "fallback": (
            "The language model could not write this answer: it is made of quotations instead."
        ),
        "cut": "The model was cut at its limit of length or time: its text stops before its end.",
        "also": "Also in the documents",
        "checked": "Check of what a language model wrote: {what}. It can be wrong.",
        "kept": "one sentence was kept",
        "kepts": "{n} sentences were kept",
        "replaced": "one sentence was replaced with the passage that it cites",
        "replaceds": "{n} sentences were replaced with the passages that they cite",
        "removed": "one sentence that could not be checked was removed",
        "removeds": "{n} sentences that could not be checked were removed",
        "and": " and ",
        "now": "how things stand today; the quoted passage dates from {date}.",
        "in_force": "in force since {since}",
        "was_in_force": "in force from {since} to {until}",
        "repealed": "repealed",
        "lapsed": "This article is not in force today: {versions}. "
        "Ask for its “former version” to read it.",
        "not_then": "I do not have the version of this article that you ask for. "
        "I have: {versions}.",
        "article_cut": "the rest of this article, which is long.",
        "greeting": (
            "Hello! I am an automated assistant: I answer questions about PTCEs and the role of "
            "local authorities, with quotations. What would you like to know?"
        ),
        "identity": (
            "I am an automated assistant, not a person. I answer questions about PTCEs with exact "
            "quotations from the documents of the RTES, or I say that I do not know."
        ),
        "thanks": "You are welcome. Ask me anything else about PTCEs.",
        "goodbye": "Goodbye.",
        "orders": (
            "I do not follow instructions of this kind: I only answer questions about PTCEs and "
            "the role of local authorities, with quotations."
        ),
    },
}

LEVELS: dict[Language, dict[str, str]] = {
    "fr": {
        "commune": "Les communes",
        "intercommunalite": "Les intercommunalités",
        "departement": "Les départements",
        "region": "Les régions",
    },
    "en": {
        "commune": "Communes (municipalities)",
        "intercommunalite": "Intercommunal bodies",
        "departement": "Départements",
        "region": "Regions",
    },
}

TERMINAL: dict[Language, dict[str, str]] = {
    "fr": {
        "about": "Répond, citations à l'appui, aux questions sur les PTCE.",
        "question": "la question, entre guillemets",
        "json": "écrire l'objet réponse en JSON",
        "jsonl": "lire des questions sur l'entrée standard, une ligne JSON chacune",
        "check_model": "dire si le modèle de langue réglé marche, et ce qui ne marche pas",
        "after": "un tour précédent de la conversation (du plus ancien au plus récent)",
        "sources": "Sources",
        "nearest": "Passages les plus proches (ce ne sont pas des réponses)",
        "bad_line": "Cette ligne n'est pas du JSON : {cause}",
    },
    "en": {"sources": "Sources", "nearest": "Nearest passages (these are not answers)"},
}

MODEL: dict[str, str] = {
    "good": "[oui]",
    "bad": "[NON]",
    "untried": "[ - ]",
    "no_name": "Aucun modèle n'est réglé : donnez ASSISTANT_MODEL_NAME (docs/model.md).",
    "own_address": "l'adresse du fournisseur",
    "with_key": "avec une clé",
    "without_key": "sans clé",
    "settings": "Réglages : {name}, {where}, {key}.",
    "library": "La bibliothèque de « {provider} » est installée et accepte les réglages.",
    "no_extra": (
        "La bibliothèque de « {provider} » n'est pas installée : lancez "
        ".venv/bin/pip install -e '.[{extra}]'."
    ),
    "fr": "En français",
    "en": "En anglais",
    "real": "la vraie consigne, sur {n} passages des documents :",
    "made": "aucun index : une consigne d'essai, sur un passage inventé :",
    "answer": "il répond ; premiers mots après {first:.1f} s, fin après {last:.1f} s",
    "of_seconds": "(limite : {limit:.0f} s, ASSISTANT_MODEL_SECONDS).",
    "stream": "le texte arrive au fil de l'eau ({n} morceaux).",
    "no_stream": (
        "le texte arrive d'un bloc ({n} morceaux) : activez le flux sur le serveur, ou sur le "
        "proxy qui le précède."
    ),
    "whole": "la réponse va à son terme.",
    "cut": (
        "la réponse est coupée à sa limite : augmentez ASSISTANT_MODEL_TOKENS ({tokens}), "
        "ASSISTANT_MODEL_CHARACTERS ({characters}) ou ASSISTANT_MODEL_SECONDS ({seconds:.0f}), ou "
        "faites taire ses réflexions."
    ),
    "aloud": (
        "il ferme une réflexion qu'il n'a pas ouverte, et qui pourrait se voir : réglez le serveur "
        "pour qu'il les mette à part (vLLM : --reasoning-parser ; llama.cpp : --reasoning-format)."
    ),
    "right_language": "il écrit dans la langue de la question.",
    "other_language": "il n'écrit pas dans la langue de la question.",
    "markers": "{n} phrases sur {total} portent le numéro d'un passage.",
    "supported": "{n} phrases sur {total} passent la vérification.",
    "larger": "Essayez un modèle plus grand, ou fait pour suivre des consignes.",
    "shown": "sa réponse serait montrée, une fois vérifiée.",
    "not_tried": "le reste n'a pas été essayé.",
    "works": "Le modèle peut servir.",
    "fails": "Le modèle ne peut pas servir tel quel : les réponses seraient faites de citations.",
}
# Why a model gave nothing, by the words of ``generate.trouble``.
MODEL_REASONS: dict[str, str] = {
    "extra": "la bibliothèque de ce fournisseur n'est pas installée",
    "setting": "la bibliothèque refuse les réglages (nom, adresse ou clé)",
    "connection": "aucune connexion : vérifiez ASSISTANT_MODEL_URL, et que le serveur tourne",
    "first_token": "rien n'est venu à temps (ASSISTANT_MODEL_FIRST_TOKEN)",
    "next_token": "il s'est arrêté en route (ASSISTANT_MODEL_NEXT_TOKEN)",
    "seconds": "rien n'est venu dans le temps d'une réponse entière (ASSISTANT_MODEL_SECONDS)",
    "key": "la clé est refusée : vérifiez ASSISTANT_MODEL_KEY",
    "rate": "le fournisseur limite le débit : réessayez plus tard",
    "server": "le serveur du modèle est en panne",
    "request": "le serveur refuse la demande : vérifiez le nom du modèle et l'adresse",
    "malformed": "ce qui répond à cette adresse ne parle pas le protocole attendu",
    "cut": "la réponse s'est coupée avant sa fin",
    "filtered": "le filtre de contenu du fournisseur a arrêté la réponse",
    "empty": "la réponse est vide",
    "language": "la réponse n'est pas dans la langue de la question",
    "marker": "aucune phrase ne porte le numéro d'un passage",
    "unsupported": "aucune phrase ne passe la vérification",
    "untold": "la réponse laisse de côté plus de la moitié des passages",
    "minute": "le budget par minute est épuisé",
    "in_flight": "trop de réponses s'écrivent à la fois",
    "open": "le modèle vient d'échouer plusieurs fois : il est laissé au repos",
}
