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

ENDED = "{title} (version en vigueur du {since} au {until})"

NO_ARTICLE = (
    "{file} : aucun article de loi n'a été trouvé dans ce fichier. Prenez le XML de l'article "
    "(LEGIARTI…) dans les données ouvertes de la DILA, ou enregistrez sa page de Légifrance."
)

FROM_WORD = "Document Word (.docx) converti en texte."
FROM_ODT = "Document ODT converti en texte."
FROM_WEB = "Page web convertie en texte ; les menus et le pied de page ont été retirés."
FROM_LEGI = "Article tiré des données ouvertes LEGI de la DILA."
FROM_LEGIFRANCE = "Article tiré d'une page enregistrée depuis Légifrance."
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

ABOUT = "Lit le corpus, le découpe en passages et publie une version de l'index."
FRESH = "tout refaire, sans rien reprendre de la version publiée"
READING = "Lecture"
EMBEDDING = "Vecteurs"
BUSY = "Un autre « python -m ingest » est en cours : attendez sa fin, puis relancez."
UNCHANGED = "Rien n'a changé : la version {version} reste en service, rien n'a été écrit."
DONE = "Version {version} publiée : {documents} documents, {passages} passages."
EMBEDDED = "{embedded} vecteurs calculés, {kept} repris de la version précédente, {gone} retirés."
DOCUMENT = "- {id} : {passages} passages, {units} unités citables, {repairs} endroits réparés"
GIVEN = "Publie un index à partir de passages déjà découpés."
GIVEN_FOLDER = "dossier qui contient documents.json et passages.json, tels qu'un index les garde"
GIVEN_UNREADABLE = "Le dossier {folder} ne peut pas être publié : {cause}."
