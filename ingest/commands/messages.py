"""The French sentences of the commands: their help, what they ask, what they tell."""

ABOUT = "Lit le corpus, le découpe en passages et publie une version de l'index."
COMMANDS = "commandes"
DRY_RUN = "ne rien écrire : montrer ce qui changerait, passage par passage"
ADD = "propose l'entrée d'un document, montre ses passages, et le publie si vous confirmez"
ADD_SOURCE = "des fichiers, un dossier, ou l'adresse https d'un site autorisé"
ADD_FIELDS = {
    "id": "l'identifiant ; celui d'un document ajouté le remplace",
    "kind": "guide, law, study, article, plan ou experience",
    "title": "le titre",
    "publisher": "l'éditeur",
    "date": "2026-03-12, 2026-03 ou 2026 ; « ~2026 » si elle est déduite",
}
YES = "ne rien demander : pour les programmes"
REMOVE = "retire un document ajouté, ou met de côté un document livré"
UNDO = "remettre en service un document livré qui avait été mis de côté"
LIST = "tous les documents, d'où ils viennent et ce qui en est publié"
SHOW = "l'entrée d'un document et ses passages"
CHECK = "vérifie que manifestes, fichiers et index vont ensemble ; n'écrit rien"
CHECK_QUICK = "seulement que les fichiers de la version publiée sont là, entiers"
FETCH = "va chercher les documents distants qui ont changé"
FETCH_IDS = "seulement ceux-là, même s'ils ne sont pas activés ; sans rien, tous ceux qui le sont"
FETCH_LIST = "montrer le catalogue, sans rien aller chercher"
PROPOSED = "Entrée proposée, et d'où vient chaque valeur :"
REPLACES = "Il remplace le document « {id} » ajouté auparavant."
PAGE = ", page {page}"
PREVIEW = "{passages} passages ({kinds}) :"
ALIKE = "Ressemble à « {title} » ({id}) ; pour le remplacer : --id {id}"
ALIKE_SHIPPED = (
    "Ressemble à « {title} » ({id}), document livré ; pour le mettre de côté : "
    "« python -m ingest remove {id} »"
)
ALSO_PUBLISHED = "Seront aussi publiés, tels que le manifeste les dit aujourd'hui : {ids}."
ALSO_REMOVED = "Seront aussi retirés, car le manifeste ne les a plus : {ids}."
OTHERWISE = "publié : {published} ; manifeste : {announced}"
OTHER_FILE = "publié : une autre version du fichier que celle du manifeste"
AND_MORE = "  … et {count} autres : « python -m ingest show ID » les montre tous une fois publiés."
ADD_CONFIRM = "Ajouter ce document et publier ?"
REMOVE_CONFIRM = "Retirer « {title} » ({id}) et publier ?"
NOBODY = "Rien n'a changé : sans terminal pour confirmer, ajoutez --yes."
NOT_ADDED = "Rien n'a été ajouté."
NOT_REMOVED = "Rien n'a été retiré."
NO_HTTPS = "{url} : écrivez l'adresse avec https:// devant : {address}"
EMPTY_FOLDER = "{file} : ce dossier ne contient aucun fichier."
ONE_ALONE = "--id et --title ne valent que pour un document : ajoutez celui-là seul."
BIG_FOLDER = "{file} : ce dossier contient plus de {members} fichiers ou {limit} Mo. Découpez-le."
NO_FILE = "{file} : ce fichier n'existe pas. Vérifiez son chemin."
KNOWN_FILE = "Ce fichier est déjà là, octet pour octet : « {title} » ({id})."
SHIPPED_ID = (
    "« {id} » est l'identifiant d'un document livré, qui ne se remplace pas : donnez-en un autre "
    "avec --id, et mettez l'ancien de côté avec « python -m ingest remove {id} »."
)
UNKNOWN_ID = "« {id} » n'est l'identifiant d'aucun document : « python -m ingest list » les donne."
ONE_ARTICLE = (
    "« {id} » est un article parmi d'autres de « {of} », qui se retire en entier : "
    "« python -m ingest remove {of} »."
)
NOT_WITHDRAWN = "« {id} » n'est pas un document livré qui aurait été mis de côté."
SHIPPED = "livré"
ADDED = "ajouté"
WITHDRAWN = "mis de côté"
SERVED = "{passages} passages publiés"
NOT_SERVED = "pas publié"
NO_VERSION = "Aucune version n'est publiée : lancez « python -m ingest »."
WHOLE = "La version {version} est entière."
DAMAGED = (
    "La version {version} est abîmée : {file} manque ou n'a plus sa taille. "
    "Lancez « python -m ingest »."
)
IN_STEP = "Tout concorde : {documents} documents, version {version}."
NOT_INDEXED = "{id} : annoncé, mais absent de la version publiée. Lancez « python -m ingest »."
OUT_OF_STEP = (
    "{id} : l'entrée ou le programme a changé depuis la publication. Lancez « python -m ingest »."
)
TOO_MUCH = "{id} : encore publié, mais plus annoncé. Lancez « python -m ingest »."
REMOTE_UNKNOWN = "« {id} » n'est pas dans le catalogue : « python -m ingest fetch --list »."
REMOTE_SAME = "- {id} : inchangé"
REMOTE_NEW = "- {id} : reçu, {passages} passages"
REMOTE_NONE = "Aucun document distant n'est activé : « python -m ingest fetch --list »."
REMOTE_ON = "activé"
REMOTE_OFF = "non activé"
REMOTE_BROUGHT = "déjà reçu"
REMOTE_LINE = "{id} ({state})\n  {title}\n  {url}"
FRESH = "tout refaire, sans rien reprendre de la version publiée"
VERSIONS = "les versions de l'index qui sont gardées"
ROLLBACK = "fait servir de nouveau la version d'avant, ou celle qui est nommée"
ROLLBACK_VERSION = "son nom, que « versions » donne"
VERSION_LINE = "{name}  {state}  (modèle d'embedding : {model})"
VERSION_STATES = {"serves": "sert", "kept": "gardée", "unreadable": "illisible"}
NO_OTHER = "Aucune autre version n'est gardée : rien ne change."
UNKNOWN_VERSION = "« {name} » n'est pas une version gardée : {kept}."
ROLLED_BACK = (
    "La version {name} sert désormais. Le prochain « python -m ingest », « add », « remove » ou "
    "« fetch » publiera de nouveau les documents tels que le manifeste les dit : corrigez d'abord "
    "celui qui est en cause (« add FICHIER --id ID »), ou retirez-le."
)

USAGE = "usage : "
HELP = "montrer cette aide et finir"
SECTIONS = {"positional arguments": "à donner", "options": "options"}
# What argparse says of a line that it cannot read, in English, and the same for a person.
WRONG = (
    (r"the following arguments are required: (.+)", "Il manque : {0}."),
    (r"unrecognized arguments: (.+)", "« {0} » n'est ni une option ni une valeur attendue ici."),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} : une valeur est attendue."),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} ne prend pas de valeur : {1}."),
    (r"argument .*?: invalid choice: (\S+) \(choose from (.+)\)",
     "{0} n'est pas une commande. Au choix : {1}."),
    (r"ambiguous option: (.+) could match (.+)", "« {0} » peut vouloir dire : {1}."),
)  # fmt: skip
WRONG_LINE = "La commande est mal écrite."
SEE_HELP = "« {program} --help » dit ce qu'elle attend."
