"""Every string of the web interface that a person reads, in French."""

ERRORS: dict[str, str] = {
    "json_malformed": "Le corps de la requête n'est pas du JSON valide, encodé en UTF-8.",
    "media_type_unsupported": (
        "Envoyez du JSON, avec l'en-tête « Content-Type: application/json »."
    ),
    "body_too_large": "La requête est trop volumineuse : {limit} Kio au plus.",
    "body_too_slow": "La requête a mis trop de temps à arriver : envoyez-la de nouveau.",
    "rate_limited": "Trop de questions en peu de temps : réessayez dans {seconds} s.",
    "server_busy": "Le service est très sollicité : réessayez dans quelques secondes.",
    "not_found": "Il n'y a rien à cette adresse.",
    "method_not_allowed": "Cette adresse n'accepte pas la méthode {method}.",
    "feedback_malformed": "L'avis est mal formé : {detail}.",
    "answer_unknown": "Cet identifiant n'est celui d'aucune réponse connue.",
    "feedback_unavailable": "L'avis n'a pas pu être enregistré : réessayez plus tard.",
    "database_unavailable": "La base de données ne répond pas : réessayez plus tard.",
    "internal_error": "Une erreur imprévue est survenue : réessayez, elle a été consignée.",
}

# Said instead of the core's sentence, which names files: that one goes to the log.
PUBLIC: dict[str, str] = {
    "index_damaged": "L'index est illisible : relancez « python -m ingest --fresh ».",
    "model_unavailable": "Le modèle d'embedding ne peut pas être chargé : voyez le journal.",
    "model_failed": "Le modèle d'embedding ne fonctionne pas : voyez le journal.",
}

FEEDBACK: dict[str, str] = {
    "answer_id": "« answer_id » est l'identifiant reçu avec la réponse",
    "rating": "« rating » vaut « up » ou « down »",
    "reason": "« reason » est un texte de 1 000 caractères au plus, ou null",
    "other": "sont admis : answer_id, rating, reason",
}

AUDIENCE: dict[str, str] = {
    "unavailable": "La base des avis ne peut pas être écrite ({cause}) ; le reste fonctionne.",
    "exported": "{count} lignes exportées.",
    "erased": "{count} lignes effacées.",
    "all": "tout ce qui est gardé",
    "before": "tout ce qui date d'avant le {day}",
    "id": "tout ce qui concerne la réponse {id}",
    "confirm": "Effacer {what} ? Écrivez « oui » pour confirmer : ",
    "yes": "oui",
    "kept": "Rien n'est effacé.",
    "date": "« {given} » n'est pas une date ; écrivez par exemple 2026-03-31",
    "unwritable": "Le fichier {file} ne peut pas être écrit : {cause}.",
}

TEAM: dict[str, str] = {
    "realm": "Equipe RTES",  # no accent: not every browser reads one in a header
    "password": "Un mot de passe est demandé",
    "password_more": "Rechargez la page et donnez le mot de passe de l’équipe.",
    "locked": "Trop d’essais",
    "locked_more": "Réessayez dans {minutes} minutes.",
    "insecure": "Cette page ne s’ouvre qu’en HTTPS",
    "insecure_more": (
        "Le mot de passe passerait en clair. Placez un mandataire HTTPS devant le service et "
        "nommez-le dans ASSISTANT_TRUSTED_PROXIES."
    ),
    "away": "La base ne répond pas",
    "away_more": "Le journal du service dit pourquoi. Réessayez dans quelques minutes.",
}

COLUMNS: dict[str, str] = {
    "id": "N°",
    "date": "Date (UTC)",
    "day": "Jour",
    "answer_id": "Réponse",
    "rating": "Aide-t-elle ?",
    "reason": "Raison",
    "status": "État",
    "polite": "Politesse",
    "language": "Langue",
    "echelon": "Échelon",
    "channel": "Venue de",
    "generator": "Rédaction",
    "elapsed_ms": "Millisecondes",
    "index_version": "Version de l’index",
    "themes": "Thèmes",
    "section": "Rubrique la plus proche",
    "text": "Question",
}
CHANNELS = {"page": "la page", "widget": "un autre site", "api": "un programme"}
LANGUAGES = {"fr": "français", "en": "anglais"}
RATINGS = {"up": "Oui", "down": "Non"}
YES_NO = {True: "oui", False: "non"}

DOOR: dict[str, str] = {
    "about": "Ouvre l'assistant dans un navigateur et à d'autres programmes (HTTP).",
    "host": "adresse d'écoute (par défaut ASSISTANT_HOST, soit 127.0.0.1)",
    "port": "port d'écoute (par défaut ASSISTANT_PORT, soit 8000)",
    "export": "écrit ce qui est gardé (avis, questions), une ligne de JSON par ligne gardée",
    "export_file": "fichier à écrire ; sans lui, la sortie standard",
    "erase": "efface ce qui est gardé, après confirmation",
    "erase_before": "ce qui date d'avant ce jour (AAAA-MM-JJ)",
    "erase_id": "ce qui concerne cette réponse",
    "erase_all": "tout",
    "erase_yes": "sans demander confirmation",
    "ready": "L'assistant est ouvert : {url} (Ctrl+C pour l'arrêter)",
    "failed": "Le serveur n'a pas pu démarrer ; le port {port} est peut-être déjà pris.",
    "setting": "Réglage refusé, {name} : {cause}",
    "rate": "« {rate} » n'est pas une limite ; écrivez par exemple « 60/minute », ou « off »",
}

DOCS: dict[str, str] = {
    "title": "Assistant PTCE : interface HTTP",
    "about": (
        "Des réponses qui citent mot pour mot les documents du RTES sur les pôles territoriaux "
        "de coopération économique, ou qui disent que les documents ne répondent pas. "
        'Toute erreur a la même forme : `{"error": {"code", "message", "retryable"}}`.'
    ),
    "ask": "Poser une question et recevoir la réponse entière",
    "ask_more": (
        "Seul `question` est requis. `status` vaut `answered` (les documents répondent), "
        "`partial` (`missing` dit ce qu'ils ne disent pas) ou `refused` (ils ne le disent pas ; "
        "`nearest` offre les passages les plus proches, qui ne sont pas une réponse). `answer` "
        "est un petit Markdown : paragraphes, titres `###`, listes `-`, `**fort**`, renvois `[n]`."
    ),
    "stream": "Poser une question et recevoir la réponse au fil de l'eau",
    "stream_more": (
        'Événements : `text` ({"text": morceau}), `citation` (un objet de `citations`), '
        "`final` (la réponse entière, qui remplace ce qui précède), `error` (l'objet d'erreur)."
    ),
    "suggestions": "Ce qui peut être demandé ensuite",
    "suggestions_more": (
        "Le corps est celui de la question qui vient d'être posée. Au plus trois questions, dans "
        "la langue de sa réponse, auxquelles les documents répondent en entier. Aucune parfois."
    ),
    "sources": "Les documents, sans leur texte",
    "source": "Un document et le texte auquel renvoient les positions des citations",
    "passage": "Un passage d'un document",
    "feedback": "Donner son avis sur une réponse",
    "feedback_more": "Un second avis sur la même réponse remplace le premier.",
    "feedback_done": "L'avis est enregistré.",
    "done": "Réussite.",
    "health": "Le serveur vit",
    "ready": "Le serveur peut répondre aux questions",
    "ready_more": (
        "503 sans index lisible, 500 sans modèle d'embedding. `status` vaut `degraded` quand les "
        "réponses partent mais qu'une partie manque : la base de données (`database` : `down`), le "
        "serveur de vecteurs (`vectors` : `down`), la version publiée (`index` : un code "
        "d'erreur ; celle d'avant répond)."
    ),
    "limited": "`rate_limited` ; l'en-tête Retry-After dit combien de secondes attendre.",
}
