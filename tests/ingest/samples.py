"""Small invented documents in layouts that the corpus does not have."""

FICHE = """Fiche d'expérience
Le tiers-lieu de Saint-Martin

Porteur : Communauté de communes du Val d'Aubrac (12)
Publié le 12 mars 2021

CONTEXTE

La communauté de communes compte 8 500 habitants. En 2018, elle a
racheté l'ancienne laiterie, fermée depuis dix ans, pour y installer un
tiers-lieu. Le projet associe des habitants, des associations et la
Région Occitanie.

LES ÉTAPES DU PROJET

1. Diagnostic
Une étude a été menée avec les habitants. Elle a duré six mois (cf. p. 4) et
a coûté 12 000 €.

2. Travaux
Les travaux ont été financés par :
• la Région, à hauteur de 30 % ;
• le Département, pour 20 % ;
• la communauté de communes, qui a apporté
  le reste en régie.

CE QU'IL FAUT RETENIR

« Sans les habitants, rien n'aurait été possible. Nous avons appris en marchant. »
— Claire Dubois, présidente de la communauté de communes

Contact
Claire Dubois
05 65 00 00 00
contact@val-aubrac.example.fr
"""

LAW = """LOI n° 2014-856 du 31 juillet 2014 relative à l'économie sociale et solidaire

TITRE Ier : DISPOSITIONS COMMUNES

Article 8

L'Etat et les collectivités territoriales soutiennent l'innovation sociale.

Article 9

I. - Les pôles sont constitués par le regroupement d'entreprises sur un même territoire.
II. - Les pôles sont soutenus par l'Etat, qui les choisit au regard :
1° De la qualité du projet ;
2° De l'ancrage territorial, mentionné à l'article L. 1111-4 du code général ;
3° De la gouvernance.
III. - Un décret fixe les modalités d'application du présent article.
"""

MARKDOWN = """# Guide de l'élu·e

## 1. Comprendre

Un PTCE est une forme de **coopération**[^1]. Voir [le site](https://www.example.org/ptce).

### Pourquoi agir ?

* **Créer de l'emploi** : les pôles emploient 110 personnes en moyenne.
* Développer le territoire
    * par les circuits courts ;
    * par l'énergie.
* Coopérer entre collectivités

> À noter : le dispositif est ouvert toute l'année.

### Les aides

| Région | Dispositif | Montant |
|:---|---|---:|
| Bretagne | Appel à projets | 20 000 € |
| | Avance | 5 000 € |

**Exemple : la ville de Brest (29)**

La ville a créé un fonds.

## 2. Agir

Les communes peuvent :

- prêter un local

- mobiliser la commande publique

![logo](logo.png)

Page 3/12
"""

WEB = """Les aides aux pôles
Publié le 3 juin 2020
Les Départements ont la compétence de l’insertion. Ils peuvent soutenir un pôle.
Qui peut en bénéficier ?
Les associations
Les coopératives
Les communes de moins de 3 500 habitants
Comment demander l’aide ?
L’aide se demande en ligne :
• remplir le dossier
• joindre les pièces suivantes :
• les statuts,
• le budget.
• Attendre la réponse du département, sous deux mois.
Exemple
La commune de Lezoux (63) a obtenu 3 000 € en 2020.
"""

PAGES = """Guide des coopérations - RTES   1

Introduction

Ce guide s'adresse aux élus. Il présente les coopérations économiques sur le
\fGuide des coopérations - RTES   2

territoire et leurs acteurs, dont les PTCE.

Échelon\tCompétence\tNombre
Région\tdéveloppement économique\t18
Département\tsolidarités\t101

\fGuide des coopérations - RTES   3

108

projets accompagnés

Contexte ............................ 4
"""

ALL = {"fiche": FICHE, "loi": LAW, "markdown": MARKDOWN, "web": WEB, "pages": PAGES}
