"""What ``python -m ui.widget`` says, in French; what visitors read is in ``words.js``."""

DOOR: dict[str, str] = {
    "about": "Écrit une nouvelle version du composant à intégrer, qui ne changera plus.",
    "version": "son numéro, par exemple 1.2.0, au-dessus de la plus récente",
    "unchanged": "Rien n'a changé depuis la version {version}.",
    "refused": "« {version} » n'est pas un numéro au-dessus de la version la plus récente.",
    "written": "Version {version} écrite : {integrity}",
}
