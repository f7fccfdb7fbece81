"""Every string of the pages that a person reads, in French; the templates hold the longer prose."""

from assistant.messages import ANSWERS
from assistant.types import Echelon, PassageKind, SourceKind, Status

SOURCE_KINDS: dict[SourceKind, str] = {
    "guide": "guide",
    "law": "texte de loi",
    "study": "étude",
    "article": "article",
    "plan": "plan d’action",
    "experience": "expérience",
}

# A passage of running text has no badge of its own.
PASSAGE_KINDS: dict[PassageKind, str] = {
    "definition": "définition",
    "law": "texte de loi",
    "role": "rôle des collectivités",
    "lever": "levier d’action",
    "experience": "expérience",
    "figure": "chiffre",
    "contact": "contact",
    "method": "méthode",
}

STATES: dict[Status, str] = {
    "answered": "Les documents répondent",
    "partial": "Les documents ne répondent qu’en partie",
    "refused": "Les documents ne répondent pas",
}

# Who worded an answer that is not made of quotations only.
GENERATORS: dict[str, str] = {
    "model": ANSWERS["fr"]["written"],
}

ECHELONS: dict[Echelon, str] = {
    "commune": "Commune",
    "intercommunalite": "Intercommunalité",
    "departement": "Département",
    "region": "Région",
}

CHAT: dict[str, str] = {
    "title": "Assistant PTCE – RTES",
    "question": "Votre question",
    "hint": "1 000 caractères au plus. Entrée pour envoyer, Maj + Entrée pour aller à la ligne.",
    "send": "Poser la question",
    "carried": "Ce qui précède dans la conversation",
    "small_talk": "Assistant automatique",
    "lens": "Pour : {lens}",
    "provisional": "Un modèle de langue rédige. Texte provisoire, pas encore vérifié :",
    "unavailable": (
        "Les documents ne peuvent pas être consultés pour le moment. Votre question est "
        "conservée : réessayez dans quelques minutes."
    ),
    "failed": (
        "Une erreur imprévue est survenue. Votre question est conservée : réessayez dans un "
        "instant."
    ),
}

READING: dict[str, str] = {
    "passage_unknown": "Ce passage n’est pas dans les documents",
    "passage_unknown_more": (
        "Le document d’où il venait a pu être corrigé ou retiré depuis que l’adresse a été "
        "partagée. Voici les documents que l’assistant connaît aujourd’hui."
    ),
    "source_unknown": "Ce document n’est pas dans la liste",
    "source_unknown_more": (
        "Il a pu être retiré, ou son adresse est incomplète. Voici les documents que l’assistant "
        "connaît aujourd’hui."
    ),
    "address_unknown": "Cette adresse ne mène à aucune page",
    "address_unknown_more": "Elle est peut-être incomplète, ou la page n’est plus là.",
    "unavailable": "Les documents ne peuvent pas être consultés pour le moment",
    "unavailable_more": "Réessayez dans quelques minutes.",
}

# What the script of the chat page says; it reads them in the page.
SCRIPT: dict[str, str] = {
    "waiting": "Recherche dans les documents…",
    "slow": "Cela prend plus de temps que d’habitude…",
    "unanswered": "Votre question n’a pas reçu de réponse : renvoyez-la.",
    "network": (
        "Le service ne répond pas. Votre question est conservée : réessayez dans un instant."
    ),
    "busy": (
        "Le service est très sollicité. Votre question est conservée : réessayez dans un instant."
    ),
    "kept": "Votre question est conservée.",
    "copied": "Réponse copiée, avec ses sources.",
    "uncopied": "La copie n’a pas abouti : sélectionnez le texte de la réponse.",
    "thanks": "Merci, votre avis est enregistré.",
    "explained": "Merci, votre avis et sa raison sont enregistrés.",
    "lost": "Votre avis n’a pas pu être enregistré : réessayez plus tard.",
    "cleared": "La conversation est effacée.",
}
