// Every string that a visitor reads, in French and in English. STARTS, the starting questions by
// échelon, is put before this file when a release is made: it is the chat page's `ui/starts.toml`.

/* global STARTS */

const FRENCH = {
  language: "fr",
  title: "Vos questions sur les PTCE",
  open: "Une question sur les PTCE ?",
  close: "Fermer",
  greeting: "Posez votre question : la réponse est tirée des documents du RTES, dont les passages sont cités mot pour mot.",
  notice: "Vous écrivez à un assistant automatique, pas à une personne. Ses réponses peuvent être incomplètes : vérifiez-les dans les sources. N’écrivez aucune donnée personnelle.",
  kept_here: "La conversation reste dans cet onglet et s’efface quand vous le fermez.",
  privacy: "Confidentialité",
  start: "Pour commencer",
  conversation: "Conversation",
  question: "Votre question",
  send: "Poser la question",
  you_ask: "Vous demandez : ",
  waiting: "Recherche dans les documents…",
  states: {
    answered: "Les documents répondent",
    partial: "Les documents ne répondent qu’en partie",
    refused: "Les documents ne répondent pas",
    polite: "Assistant automatique",
  },
  provisional: "Réponse en cours, provisoire : si un modèle de langue la rédige, elle n’est pas encore vérifiée.",
  model: "Rédigé par un modèle de langue et vérifié phrase par phrase : les citations font foi.",
  missing: "Ce que les documents ne disent pas : ",
  sources: (count) => `${count} source${count > 1 ? "s" : ""}, mot pour mot`,
  source: (number) => `Source ${number}`,
  nearest: "Passages les plus proches",
  nearest_only: "Ils ne répondent pas à la question : ils sont là au cas où ils vous aideraient.",
  about: "vers",
  page: "page",
  read: "Voir dans le document",
  new_tab: " (nouvel onglet)",
  back: "Retour à la réponse",
  helps: "Cette réponse vous aide-t-elle ?",
  yes: "Oui",
  no: "Non",
  thanks: "Merci, votre avis est enregistré.",
  lost: "Votre avis n’a pas pu être enregistré : réessayez plus tard.",
  next: "Pour continuer",
  stop: "Arrêter",
  restart: "Nouvelle conversation",
  cleared: "La conversation est effacée.",
  kept: "Votre question est conservée.",
  failures: {
    network: "Le service ne répond pas. Votre question est conservée : réessayez dans un instant.",
    offline: "Vous n’êtes plus connecté à Internet. Votre question est conservée : réessayez une fois la connexion revenue.",
    timeout: "Le service met trop de temps à répondre. Votre question est conservée : réessayez dans un instant.",
    server_busy: "Le service est très sollicité. Votre question est conservée : réessayez dans un instant.",
    internal_error: "Une erreur imprévue est survenue. Votre question est conservée : réessayez dans un instant.",
    unavailable: "Les documents ne peuvent pas être consultés pour le moment. Votre question est conservée : réessayez dans quelques minutes.",
  },
  starts: STARTS,
};

const ENGLISH = {
  language: "en",
  title: "Your questions about PTCEs",
  open: "A question about PTCEs?",
  close: "Close",
  greeting: "Ask your question: the answer is taken from the documents of the RTES, whose passages are quoted word for word, in French.",
  notice: "You are writing to an automated assistant, not to a person. Its answers may be incomplete: check them in the sources. Do not write any personal data.",
  kept_here: "The conversation stays in this tab and is erased when you close it.",
  privacy: "Privacy (in French)",
  start: "To begin",
  conversation: "Conversation",
  question: "Your question",
  send: "Ask",
  you_ask: "You ask: ",
  waiting: "Searching the documents…",
  states: {
    answered: "The documents answer",
    partial: "The documents answer in part only",
    refused: "The documents do not answer",
    polite: "Automated assistant",
  },
  provisional: "Answer under way, provisional: if a language model writes it, it is not checked yet.",
  model: "Written by a language model and checked sentence by sentence: the quotations are what counts.",
  missing: "What the documents do not say: ",
  sources: (count) => `${count} source${count > 1 ? "s" : ""}, word for word`,
  source: (number) => `Source ${number}`,
  nearest: "Nearest passages",
  nearest_only: "They do not answer the question: they are here in case they help.",
  about: "about",
  page: "page",
  read: "See in the document",
  new_tab: " (new tab)",
  back: "Back to the answer",
  helps: "Does this answer help you?",
  yes: "Yes",
  no: "No",
  thanks: "Thank you, your opinion is recorded.",
  lost: "Your opinion could not be recorded: try again later.",
  next: "To go on",
  stop: "Stop",
  restart: "New conversation",
  cleared: "The conversation is erased.",
  kept: "Your question is kept.",
  failures: {
    network: "The service does not answer. Your question is kept: try again in a moment.",
    offline: "You are no longer connected to the Internet. Your question is kept: try again once the connection is back.",
    timeout: "The service takes too long to answer. Your question is kept: try again in a moment.",
    server_busy: "The service is very busy. Your question is kept: try again in a moment.",
    rate_limited: "Too many questions in a short time. Your question is kept: try again in a minute.",
    question_too_long: "The question is over 1,000 characters: shorten it. Your question is kept.",
    internal_error: "An unforeseen error occurred. Your question is kept: try again in a moment.",
    unavailable: "The documents cannot be consulted for now. Your question is kept: try again in a few minutes.",
  },
  starts: {
    general: ["What is a PTCE?", "Why support a PTCE?", "How can a municipality support a PTCE?"],
    commune: ["How can a commune support a PTCE?", "What is an example of a commune that supports a PTCE?"],
    intercommunalite: ["How can an intercommunal body support a PTCE?", "What is a PTCE?"],
    departement: ["How can a département support a PTCE?", "What is an example of a département that supports a PTCE?"],
    region: ["How can a region support a PTCE?", "What is an example of a region that supports a PTCE?"],
  },
};

/** The words for an element: those of its own language or of the page's, French for any other. */
export const wordsFor = (element) => {
  const language = element.closest("[lang]")?.lang ?? "";
  return /^en\b/i.test(language) ? ENGLISH : FRENCH;
};

/** The sentence for a failure; the API's own is French, and tells how long to wait. */
export const sentence = (failure, words) => {
  const own = words.failures[failure.code];
  if (own) return own;
  const told = words === FRENCH && failure.told;
  return told ? `${told} ${words.kept}` : words.failures.unavailable;
};

/** A date as a person reads it: 2022-05 is mai 2022, ~2021 is vers 2021. */
export const dated = (date, words) => {
  const [, about, year, month, day] = /^(~?)(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) ?? [];
  if (!year) return date;
  const written = !month ? year : new Intl.DateTimeFormat(words.language, {
    year: "numeric", month: "long", day: day && "numeric", timeZone: "UTC",
  }).format(Date.UTC(year, month - 1, day ?? 1));
  return about ? `${words.about} ${written}` : written;
};
