"""The French sentences that people read when documents are read: one place for all of them."""

MANIFEST_UNREADABLE = "{file} : ce fichier manque ou ne peut pas être lu dans {folder}."
MANIFEST_NOT_TOML = "{file} : ce n'est pas du TOML valide ({detail})."
MANIFEST_INVALID = "{file} : valeur incorrecte pour {where} ({detail})."
VALUE_FORM = "valeur absente, ou d'une autre forme"
FIELD_NAMES = {
    "id": "l'identifiant (--id)",
    "kind": "la nature (--kind)",
    "title": "le titre (--title)",
    "publisher": "l'éditeur (--publisher)",
    "date": "la date (--date)",
}
FIELD_FORMS = {
    "id": "des minuscules, des chiffres et des tirets : guide-ptce-2024",
    "kind": "au choix : guide, law, study, article, plan ou experience",
    "date": "comme 2024-11-14, 2024-11 ou 2024 ; « ~2024 » si elle est déduite",
}
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
UNDECODABLE_FILE = (
    "{file} : ce fichier n'est pas du texte UTF-8 (octet {byte}). Enregistrez-le en UTF-8."
)
BINARY_FILE = (
    "{file} : ce fichier n'est pas du texte. Donnez le document lui-même, sous son vrai format."
)
EMPTY_FILE = "{file} : ce fichier est vide. Récupérez-le à nouveau."
HUGE_FILE = "{file} : ce fichier dépasse {limit} Mo. Découpez-le, ou allégez ses images."

# What a file is, by its format or by what its first bytes betray.
FORMS = {
    "pdf": "un PDF",
    "scan": "une image",
    "word": "un document Word (.docx)",
    "odt": "un document ODT",
    "law": "un texte de loi au format LEGI (XML)",
    "laws": "une archive compressée",
    "web": "une page web (HTML)",
    "plain": "du texte",
    "rtf": "un document RTF",
    "picture": "une image d'un autre format que PNG, JPEG ou TIFF",
    "archive": "une archive compressée",
    "program": "un programme",
    "database": "une base de données",
    "postscript": "un fichier PostScript",
    "utf16": "un texte en UTF-16",
    "xml": "un XML autre que celui des lois (LEGI)",
    "sheet": "un classeur de tableur",
    "slides": "un diaporama",
}
READ_FORMS = "PDF, image, Word (.docx), ODT, page web, Markdown, texte UTF-8 ou XML LEGI"
FOREIGN_FILE = (
    "{file} : c'est {form}, que l'assistant ne lit pas. Enregistrez-le dans un des formats lus : "
    f"{READ_FORMS}."
)
WRONG_EXTENSION = (
    "{file} : le nom finit par « .{extension} » mais le contenu est {form}. "
    "Si c'est bien le bon fichier, renommez-le en « .{wanted} »."
)
DAMAGED_FILE = (
    "{file} : ce fichier est endommagé ou incomplet. Récupérez-le à nouveau, ou ouvrez-le et "
    "enregistrez-en une copie."
)
ENCRYPTED_FILE = (
    "{file} : ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans protection."
)
OLD_WORD_FILE = (
    "{file} : c'est un fichier d'un ancien format de bureautique (.doc, .xls, .ppt). "
    "Ouvrez-le et enregistrez-le en .docx, .odt ou PDF."
)
MACROS = "{file} : ce document contient des macros. Enregistrez-le en .docx ordinaire."
ZIP_BOMB = (
    "{file} : une fois décompressé, ce fichier serait démesuré. "
    "Ouvrez-le et enregistrez-en une copie, ou découpez-le."
)
ZIP_TRAVERSAL = (
    "{file} : ce fichier contient des chemins qui sortent de son dossier. Ne l'utilisez pas ; "
    "demandez une copie saine."
)
ZIP_LINK = (
    "{file} : ce fichier contient un lien vers un autre fichier. Ne l'utilisez pas ; "
    "demandez une copie saine."
)
XML_ENTITIES = (
    "{file} : ce fichier déclare ses propres abréviations (entités XML), ce que l'assistant refuse "
    "par sécurité. Récupérez-le à sa source, ou enregistrez-en une copie."
)
NESTED_FILE = (
    "{file} : ce fichier est imbriqué sur trop de niveaux. Simplifiez-le, ou enregistrez-le en PDF."
)
HEAVY_FILE = "{file} : la lecture de ce fichier demande trop de mémoire. Découpez-le."
SLOW_FILE = "{file} : la lecture de ce fichier dure trop longtemps. Découpez-le."
CRASHED_READER = (
    "{file} : la lecture de ce fichier s'est interrompue (mémoire, durée ou fichier abîmé). "
    "Enregistrez-en une copie, ou découpez-le."
)
NO_TEXT = "{file} : aucun texte n'a été trouvé dans ce fichier. Vérifiez que c'est le bon."
LINKED_FILE = (
    "{file} : c'est un lien vers un autre fichier. Mettez le document lui-même dans le corpus."
)

NOTES = "Notes"
NOTE = "Note {number} : {text}"
VERSION_OF = "{title} (version du {day})"
ENDED = "{title} (version {validity})"

NO_ARTICLE = (
    "{file} : aucun article de loi n'a été trouvé dans ce fichier. Prenez le XML de l'article "
    "(LEGIARTI…) dans les données ouvertes de la DILA, ou enregistrez sa page de Légifrance."
)
ONLY_STRUCTURE = (
    "{file} : ce fichier donne la structure ou le titre d'un texte de loi, sans ses articles. "
    "Ajoutez le dossier entier du texte, ou son archive (.zip, .tar.gz), comme la DILA les range."
)
MANY_TEXTS = (
    "{file} : cette archive contient les articles de plusieurs textes de loi. "
    "Donnez une archive, ou un dossier, par texte."
)

FROM_WORD = "Document Word (.docx) converti en texte."
FROM_ODT = "Document ODT converti en texte."
WEB_PAGE = "Page web"
FROM_WEB = f"{WEB_PAGE} convertie en texte ; les menus et le pied de page ont été retirés."
FROM_WHOLE_WEB = (
    f"{WEB_PAGE} convertie en texte telle quelle : {{percent}} % de ses mots n'auraient pas été "
    "reconnus comme son texte. Relisez les passages proposés."
)
FROM_LEGI = "Article tiré des données ouvertes LEGI de la DILA."
FROM_LEGI_TEXT = "Texte entier, article par article, tiré des données ouvertes LEGI de la DILA."
FROM_LEGIFRANCE = "Article tiré d'une page enregistrée depuis Légifrance."
ARTICLES_LOST = "Articles lus : {read} sur {named} ; il manque : {lost}."
FROM_TEXT = "Fichier texte."
FROM_MARKDOWN = "Fichier Markdown."
FROM_WINDOWS_TEXT = "Fichier texte, converti depuis l'encodage de Windows (cp1252)."
HUGE_IMAGE = (
    "{file} : cette image est trop grande. Numérisez-la à 300 points par pouce, A3 au plus."
)
BLANK_SCAN = (
    "{file} : aucun mot n'a été reconnu dans ce document numérisé. Vérifiez qu'il est lisible et "
    "numérisé à 300 points par pouce."
)
NO_TESSERACT = (
    "{file} : ce document est numérisé, et il faut Tesseract pour le lire. Sous Debian : "
    "apt-get install tesseract-ocr tesseract-ocr-fra (ou make system-deps)."
)
NO_FRENCH = (
    "{file} : ce document est numérisé, et le français manque à Tesseract. Sous Debian : "
    "apt-get install tesseract-ocr-fra (ou make system-deps)."
)
SLOW_SCAN = (
    "{file} : une page numérisée n'a pas pu être lue en {seconds} secondes. "
    "Numérisez-la de nouveau à 300 points par pouce."
)
PDF_OBTAINED = "Texte d'un PDF, remis dans l'ordre de lecture."
SCAN_OBTAINED = "Texte obtenu par reconnaissance de caractères (OCR), puis réparé."
MIXED_OBTAINED = (
    "Texte d'un PDF, remis dans l'ordre de lecture ; reconnaissance de caractères (OCR) pour : "
    "page {pages}."
)

TRAINING_TEXT = (
    "{file} : ce fichier du texte d'entraînement manque ou ne peut pas être lu. Donnez avec "
    "--data le dossier que décrit la fiche du modèle (assistant/data/model/README.md)."
)

NOTHING = "Il ne reste aucun document : rien n'est publié."
MANIFEST_HEAD = """\
# Les documents ajoutés sur cette machine, un par table, comme dans corpus/manifest.toml.
# « python -m ingest add » et « remove » tiennent ce fichier à jour et gardent ces remarques.
#
# withdrawn  les documents livrés que l'on n'utilise plus
# [[remote]] des adresses que « python -m ingest fetch » va chercher
"""

BY_YOU = "donné"
BY_FILE = "annoncé par le fichier"
BY_TITLE = "d'après le titre"
BY_TEXT = "d'après le début du texte"
BY_HEADING = "premier titre du texte"
BY_LINE = "première ligne du texte"
BY_NAME = "d'après le nom du fichier"
BY_WORD = "{origin}, « {word} »"
BY_PLACE = "d'après « {line} »"
BY_ADDRESS = "d'après l'adresse"
BY_PUBLISHED = "date de parution écrite dans le texte"
BY_OTHER = "{origin} ; le fichier annonce {date}"
BY_ENTRY = "déjà donné"
BY_ENTRY_NOT_FILE = "déjà donné ; le fichier annonce : {value}"
BY_LAST_YEAR = "dernière année nommée dans le texte"
BY_CLOCK = "date du fichier"
BY_CATALOGUE = "d'après le catalogue"
BY_NOTHING = "rien ne l'indique : précisez-le"
NO_PUBLISHER = "éditeur non précisé"
ENDED_FORCE = "{validity}, plus depuis"

ADDRESS_FORM = "{url} : ce n'est pas une adresse https simple (sans identifiant ni port)."
ADDRESS_HOST = (
    "{url} : le site {host} n'est pas autorisé. L'administrateur peut l'ajouter à "
    "ASSISTANT_FETCH_HOSTS, ou enregistrez la page et ajoutez le fichier."
)
ADDRESS_PRIVATE = "{url} : {host} mène à une adresse qui n'est pas publique ({ip})."
ROBOTS = (
    "{url} : le site demande aux programmes de ne pas lire cette page (robots.txt). Enregistrez-la "
    "avec votre navigateur, puis ajoutez le fichier."
)
FETCH_FAILED = "{url} : impossible à lire ({cause}). Réessayez, ou ajoutez le fichier enregistré."
CAUSE_STATUS = "le site répond {status}"
CAUSE_SIZE = "plus de {limit} Mo"
CAUSE_TIME = "plus de {limit} secondes"
CAUSE_TURNS = "plus de {limit} redirections"
CAUSE_CODING = "codage « {coding} » inconnu"
CAUSE_CUT = "réponse incomplète"
CAUSE_UNRESOLVED = "nom de site introuvable"

READING = "Lecture"
EMBEDDING = "Vecteurs"
UNWRITABLE = (
    "L'index ne peut pas être écrit ({cause}). Faites de la place, ou rendez au dossier le droit "
    "d'écriture, puis relancez ; la version publiée sert toujours."
)
BUSY = "Un autre « python -m ingest » est en cours : attendez sa fin, puis relancez."
UNCHANGED = "Rien n'a changé : la version {version} reste en service, rien n'a été écrit."
DONE = "Version {version} publiée : {documents} documents, {passages} passages."
EMBEDDED = "{embedded} vecteurs calculés, {kept} repris de la version précédente, {gone} retirés."
DOCUMENT = (
    "- {id} ({state}) : {passages} passages, {units} unités citables, {repairs} endroits réparés"
)
STATE_ADDED = "ajouté"
STATE_CHANGED = "refait"
REMOVED = "- {id} : retiré"
KEPT = "{documents} documents inchangés."
DRY = "Essai : rien n'est écrit. Voici ce qui changerait, passage par passage."
DRY_KEPT = "{documents} documents inchangés, {passages} passages repris tels quels."
MOVED = "  même texte, autre titre : {count}"
DIFFERENCE = "{id} : {added} passages ajoutés, {kept} gardés, {removed} retirés"
GIVEN = "Publie un index à partir de passages déjà découpés."
GIVEN_FOLDER = "dossier qui contient documents.json et passages.json, tels qu'un index les garde"
GIVEN_UNREADABLE = "Le dossier {folder} ne peut pas être publié : {cause}."
