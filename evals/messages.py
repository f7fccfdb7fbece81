"""Every string of the measures that a person reads, in French."""

ABOUT = "Mesure la qualité des réponses sur les jeux de questions, à côté d'autres systèmes."
OPTIONS: dict[str, str] = {
    "system": "système à mesurer (répétable ; tous ceux qui sont prêts par défaut)",
    "half": "une seule moitié des questions",
    "url": "mesurer un serveur ouvert, à cette adresse",
    "answers": "noter un fichier de réponses (JSON, une par ligne), de n'importe quel assistant",
    "json": "où écrire les mesures en JSON",
    "html": "où écrire la page",
    "export": (
        "écrire les questions, les réponses du premier système, ou ses réponses au format de "
        "ragas ou d'EvalAP"
    ),
    "baseline": "les mesures auxquelles comparer",
    "write_baseline": "garder les mesures du premier système comme référence",
    "judge": "faire juger la fidélité et la pertinence par le modèle de EVALS_JUDGE_NAME",
    "cold": "démarrages à froid par système (0 : aucun)",
    "failed": "montrer les échecs de la moitié de développement",
}
MISSING = "{file} : ce fichier manque. Donnez avec --data le dossier des jeux de développement."
UNREADABLE = "{file} ne peut pas être lu : {cause}"
NO_MODEL = (
    "Aucun modèle n'est réglé : donnez EVALS_MODEL_NAME et EVALS_MODEL_URL (EVALS_JUDGE_NAME et "
    "EVALS_JUDGE_URL pour juger)."
)
NOT_WORDED = "Aucun modèle n'est réglé : donnez ASSISTANT_MODEL_NAME (docs/model.md)."
BAD_SETTING = "Réglage refusé, EVALS_… : {cause}"
NO_FORMAT = "« {form} » n'est pas un format d'export ; sont admis : {known}"
WRITTEN = "Écrit : {file}"
NO_BASELINE = "ce n'est pas une référence, ou elle est vide"
NOT_THE_BASELINE = (
    "La référence est celle de « product », mesuré ici sur les deux moitiés. Pour en garder une "
    "autre, dites où avec --baseline FICHIER."
)
NO_PAIRS = (
    "{file} : aucune des questions posées n'y est telle quelle, rien ne peut être comparé. Gardez "
    "une nouvelle référence avec --write-baseline."
)
NOT_COMPARED = (
    "{n} questions de la référence ne sont pas comparées : elles ont changé, ou ne sont pas posées."
)
UNJUDGED = "{n} réponses n'ont pas pu être jugées sur une mesure essentielle : voyez le rapport."
SILENT = "Aucune réponse de : {systems}. Rien n'a été mesuré."
UNREACHABLE = "{url} ne répond pas, ou n'est pas prêt : {cause}"
NO_ID = "{file} : aucune ligne ne porte l'identifiant d'une question posée."
LEFT_OUT: dict[str, str] = {
    "unknown": "{n} identifiants inconnus, laissés de côté",
    "duplicate": "{n} lignes d'un identifiant déjà lu, laissées de côté",
    "no_id": "{n} lignes sans identifiant, laissées de côté",
    "no_time": "{n} temps négatifs ou infinis, laissés de côté",
}
FROM_FILE = "{name} (fichier)"
NOT_IN_FILE = "absente du fichier"
EMPTY = "réponse sans texte ou sans état"
LOST = "Perte réelle depuis la référence : {what}."

SYSTEMS: dict[str, str] = {
    "product": "Cet assistant",
    "server": "Serveur",
    "tutorial": "Tutoriel LangChain",
    "bm25": "BM25 français",
    "dense": "Vecteurs seuls",
    "model": "Modèle de langue",
    "worded": "Cet assistant, rédigé par un modèle",
}
HALVES: dict[str, str] = {"development": "Développement", "test": "Test"}
STATES: dict[str, str] = {"answered": "répond", "partial": "en partie", "refused": "refuse"}
NO_ANSWER = "sans réponse"
NOTHING = "Rien trouvé."

# By name: title, what it says.
METRICS: dict[str, tuple[str, str]] = {
    "fully_good": (
        "Entièrement bonnes",
        "questions dont la réponse a le bon état, cite tout ce qu'il faut, dit les faits attendus "
        "et rien d'interdit",
    ),
    "right_refusal": ("Refus justes", "questions à refuser qui sont refusées"),
    "wrong_refusal": ("Refus à tort", "questions à répondre qui sont refusées ou sans réponse"),
    "precision": (
        "Précision des citations",
        "part des citations qui portent un passage attendu, en moyenne par question ; zéro sans "
        "citation",
    ),
    "good_answer": (
        "Entièrement bonnes, à répondre",
        "la même chose, des seules questions auxquelles les documents répondent",
    ),
    "right_state": ("Bon état", "répond, répond en partie ou refuse, comme attendu"),
    "all_cited": ("Tout est cité", "questions dont chaque passage nécessaire est cité"),
    "completeness": ("Complétude", "part des passages nécessaires qui sont cités"),
    "support": (
        "Phrases appuyées",
        "part des phrases dont les mots et les nombres sont dans ce qu'elles citent",
    ),
    "verbatim": ("Mot pour mot", "part des citations exactes, à leur place dans la source"),
    "mentions": ("Faits mentionnés", "part des faits attendus que la réponse mentionne"),
    "clean": ("Rien d'interdit", "questions piégées dont la réponse n'affirme rien d'interdit"),
    "recall_4": ("Rappel à 4", "part des passages nécessaires dans les quatre premiers rangs"),
    "recall_10": ("Rappel à 10", "part des passages nécessaires dans les dix premiers rangs"),
    "mrr": ("MRR", "inverse du rang du premier passage nécessaire"),
    "ndcg_10": ("nDCG à 10", "passages nécessaires, comptés d'autant moins qu'ils viennent tard"),
    "length": (
        "Longueur (médiane)",
        "caractères de la réponse pour un caractère de passage nécessaire",
    ),
    "elapsed_p50": ("Temps médian", "de la question à la réponse"),
    "elapsed_p95": ("Temps, 95ᵉ centile", "dix-neuf réponses sur vingt viennent plus vite"),
    "faithfulness": ("Fidélité (jugée)", "part des affirmations que les citations appuient"),
    "relevance": ("Pertinence (jugée)", "combien la réponse répond à la question"),
}
COLD = ("Démarrage à froid", "du lancement d'un processus à sa première réponse, médiane")

KINDS: dict[str, str] = {
    "echelon": "Échelon", "howto": "Comment faire", "figure": "Chiffres", "law": "Loi",
    "definition": "Définition", "experience": "Expériences", "contact": "Contacts",
    "study": "Étude et méthode", "comparison": "Comparaison", "acronym": "Sigle",
    "english": "Anglais", "followup": "Suite", "typo": "Fautes et SMS", "keyword": "Mots-clés",
    "injection_around": "Ordre autour d'une question", "premise": "Prémisse fausse",
    "now": "Aujourd'hui", "near_miss": "Presque dans le sujet", "other_topic": "Autre sujet",
    "injection_only": "Ordre seul", "smalltalk": "Politesses",
}  # fmt: skip

TABLE: dict[str, str] = {
    "target": "Visé",
    "failed": "{failed} échecs de la mesure",
    "moved": "{before} → {after} (n {n}, mieux {better}, moins bien {worse}, p = {p})",
    "missing": "Sans réponse : {missing} sur {n}",
    "untimed": "{none} sans temps",
}

PAGE: dict[str, str] = {
    "title": "Qualité des réponses",
    "made": "{questions} questions, index {version}, le {date}.",
    "how": (
        "Chaque chiffre porte le nombre de questions sur lesquelles il repose et son intervalle à "
        "95 %. Une réponse manquante compte zéro. La moitié de test n'a jamais servi à régler "
        "l'assistant."
    ),
    "skip": "Aller aux chiffres",
    "headline": "L'essentiel",
    "all": "Toutes les mesures",
    "kinds": "Par type de question",
    "kinds_how": "Réponses entièrement bonnes, avec l'intervalle à 95 %.",
    "refusal": "Seuil de refus",
    "refusal_how": (
        "Ce que deviendraient les refus si l'assistant répondait à partir d'une autre probabilité "
        "que les documents répondent. La ligne marque le seuil en service."
    ),
    "trade_how": "Les refus justes contre les refus à tort ; le point marque le seuil en service.",
    "reliability_how": (
        "Quand l'assistant donne telle probabilité, les documents répondent-ils aussi souvent ? "
        "Sur la diagonale, elle dit vrai."
    ),
    "times": "Temps de réponse",
    "times_how": "Part des questions qui ont leur réponse en tant de millisecondes.",
    "changes": "Depuis la référence",
    "failures": "Questions manquées",
    "blind": (
        "Moitié de test : n'ouvrez pas cette liste si vous réglez l'assistant, elle ne mesurerait "
        "plus rien."
    ),
    "missed": "{n} sur {total}",
    "expected": "Attendu",
    "given": "Donné",
    "wrong": "Ce qui manque : {what}.",
    "unjudged": "N'a pas pu être jugé : {what}.",
    "found": "cité",
    "not_found": "pas cité",
    "after": "Après :",
    "need_one": "un de ces passages suffit",
    "mentions": "Doit mentionner : {what}",
    "forbidden": "Ne doit pas affirmer : {what}",
    "nothing": "aucune citation",
}
# What a wholly good answer is made of.
PARTS: dict[str, str] = {
    "right_state": "l'état",
    "all_cited": "les passages nécessaires",
    "mentions": "les faits attendus",
    "clean": "rien d'interdit",
}
PLOTS: dict[str, str] = {
    "good": "Réponses entièrement bonnes (%)",
    "threshold": "Seuil de probabilité (%)",
    "share": "% des questions",
    "wrong": "refus à tort",
    "right": "refus justes",
    "said": "Probabilité donnée (%)",
    "true": "Les documents répondent (%)",
    "ms": "Millisecondes",
    "answered": "% des questions",
    "in_use": "seuil en service",
}

PROMPT = (
    "Tu réponds à des questions sur les PTCE, seulement à partir des passages numérotés "
    "ci-dessous. Après chaque phrase, mets le numéro du passage qui la prouve, par exemple [2]. "
    "Si les passages ne répondent qu'à une partie de la question, finis par une ligne qui commence "
    "par « {missing} » et dit laquelle manque. Si les passages ne répondent pas, écris seulement : "
    "{refusal}\n\n{passages}"
)
PROMPT_MISSING = "Ce qui manque :"
PROMPT_REFUSAL = "Les documents ne répondent pas à cette question."

EXPORT: dict[str, str] = {
    "dataset": "Assistant PTCE",
    "readme": "Questions sur les PTCE et le rôle des collectivités, d'après les guides du RTES.",
    "refusal": "Les documents ne répondent pas à cette question.",
    "failure": "[Erreur, pas de réponse : {cause}]",
}

CLAIM_SETS: dict[str, str] = {
    **HALVES,
    "second": "Second auteur",
    "third": "Passages nouveaux, développement",
    "fourth": "Passages nouveaux, développement, suite",
    "fifth": "Passages nouveaux, autre auteur, test",
}
CLAIMS: dict[str, str] = {
    "about": (
        "Mesure la vérification des phrases d'un modèle : les fausses attrapées, les vraies "
        "perdues."
    ),
    "half": "un seul fichier (tous par défaut)",
    "json": "où écrire les mesures en JSON",
    "head": "{half} : classe, phrases retirées, intervalle à 95 %",
    "row": "{name:24} {taken:3} / {n:3}   {low:3.0f} à {high:3.0f} %",
}

ADDED: dict[str, str] = {
    "about": (
        "Mesure les réponses tirées de documents ajoutés au corpus : trois jeux de six documents "
        "inventés, chacun dans un index à part."
    ),
    "set": "un seul jeu (répétable ; les trois par défaut)",
    "failed": "montrer les échecs des deux premiers jeux ; ceux du troisième ne se lisent pas",
    "refused": "Les documents d'un jeu n'ont pas pu être indexés : {cause}",
}
ADDED_SETS: dict[str, str] = {
    "first": "Premier jeu, réglé",
    "second": "Deuxième jeu, réglé",
    "third": "Troisième jeu, aveugle",
}

BENCH = "Mesure la vitesse de l'assistant à côté du pipeline du tutoriel ; écrit data/bench."
BENCH_SIZE = "nombre de passages (répétable) ; 0 pour le corpus ; par défaut 0, 10 000 et 100 000"
BENCH_ALONE = "ne pas mesurer le tutoriel, long à indexer"
BENCH_HEAD = "{date} · {machine} · charge avant : {load_before}"
BENCH_COLUMNS = (
    "| passages | système | à chaud p50 / p95 (ms) | première fois p50 / p95 (ms) | réponses/s "
    "| HTTP, 4 clients : réponses/s (p95) | ouverture (s) | mémoire / serveur (Mo) "
    "| passages indexés/s |",
    "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
)
