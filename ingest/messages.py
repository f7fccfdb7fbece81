"""The French sentences that people read when documents are read: one place for all of them."""

MANIFEST_UNREADABLE = "{file} : ce fichier manque ou ne peut pas être lu dans {folder}."
MANIFEST_NOT_TOML = "{file} : ce n'est pas du TOML valide ({detail})."
MANIFEST_INVALID = "{file} : {where} est incorrect ({detail})."
MANIFEST_TWICE = "{file} : « {name} » y figure deux fois."
PAGE_NOT_FOUND = "{file} : la page {number} devrait commencer par « {first} », ligne introuvable."
UNKNOWN_FILE = (
    "{file} : ce fichier du corpus n'est pas dans le manifeste. Ajoutez-l'y ou retirez-le."
)
MISSING_FILE = "{file} : le manifeste annonce ce fichier, qui manque dans le corpus."
ALTERED_FILE = (
    "{file} : ce fichier a changé, son empreinte n'est plus celle du manifeste. "
    "Rétablissez-le, ou mettez le manifeste à jour."
)
UNDECODABLE_FILE = "{file} : ce fichier n'est pas du texte UTF-8 (octet {byte})."
BINARY_FILE = "{file} : ce fichier n'est pas du texte."
EMPTY_FILE = "{file} : ce fichier est vide."
HUGE_FILE = "{file} : ce fichier dépasse {limit} Mo."

TRAINING_TEXT = (
    "{file} : ce fichier du texte d'entraînement manque ou ne peut pas être lu. Donnez avec "
    "--data le dossier que décrit la fiche du modèle (assistant/data/model/README.md)."
)

ABOUT = "Lit le corpus, le découpe en passages et publie une version de l'index."
FRESH = "tout refaire, sans rien reprendre de la version publiée"
READING = "Lecture"
EMBEDDING = "Vecteurs"
BUSY = "Un autre « python -m ingest » est en cours : attendez sa fin, puis relancez."
UNCHANGED = "Rien n'a changé : la version {version} reste en service, rien n'a été écrit."
DONE = "Version {version} publiée : {documents} documents, {passages} passages."
EMBEDDED = "{embedded} vecteurs calculés, {kept} repris de la version précédente, {gone} retirés."
DOCUMENT = "- {id} : {passages} passages, {units} unités citables, {repairs} endroits réparés"
