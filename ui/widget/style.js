// The style of the shadow tree, for `adoptedStyleSheets`, which a strict policy lets through.
// A site's own rules reach the host and are inherited from it: `!important` on the host wins over
// them, theirs included, since it comes from the inner tree. Sizes follow the visitor's own, not
// the site's root. It is dark where the site's `color-scheme` is, and light elsewhere.

export const STYLE = `
:host { all: initial !important; display: block !important; color-scheme: inherit !important; direction: ltr !important;
  font: 400 medium/1.5 var(--ptce-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif) !important;
  color: var(--ink) !important; overflow-wrap: break-word !important; visibility: visible !important;
  --accent: #14503f; --on-accent: #fff; --radius: var(--ptce-radius, .6em);
  --fill: var(--ptce-accent, var(--accent)); --on-fill: var(--ptce-on-accent, var(--on-accent));
  --card: #fff; --paper: #f7f6f2; --ink: #1b2430; --soft: #4c5565; --line: #d9dad3; --edge: #757d89;
  --link: #14503f; --amber: #7a4300; --amber-wash: #fbefdc; --wash: #e6efea; --red: #9b1c1c; --red-wash: #fdecec;
  --focus: #b4540a; }
@supports (color: light-dark(#fff, #000)) { :host {
  --card: light-dark(#fff, #1d232a); --paper: light-dark(#f7f6f2, #14181d); --ink: light-dark(#1b2430, #eef0f2);
  --soft: light-dark(#4c5565, #b4bcc7); --line: light-dark(#d9dad3, #3a434d); --edge: light-dark(#757d89, #8b95a1);
  --link: light-dark(#14503f, #8fd6bd); --amber: light-dark(#7a4300, #f5c98a); --amber-wash: light-dark(#fbefdc, #3a2c17);
  --wash: light-dark(#e6efea, #21352f); --red: light-dark(#9b1c1c, #ffb4b4); --red-wash: light-dark(#fdecec, #40201f);
  --focus: light-dark(#b4540a, #ffb066); } }
:host([hidden]) { display: none !important; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, h4, p, ul, blockquote { margin: 0; padding: 0; font-size: 1em; }
ul { list-style: none; }
cite { font-style: normal; }
:focus-visible { outline: .2em solid var(--focus); outline-offset: .12em; }
button, textarea { font: inherit; color: inherit; }
button { min-height: 44px; min-width: 44px; padding: .4em .9em; border-radius: var(--radius); cursor: pointer; }
a { color: var(--link); display: inline-flex; align-items: center; min-height: 44px; text-underline-offset: .15em; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--soft); font-size: .92em; }
.quiet { background: var(--card); border: 1px solid var(--edge); text-align: start; }
.quiet:hover { border-color: var(--ink); text-decoration: underline; }

.launch, .send, header { background: var(--fill); color: var(--on-fill); border: 1px solid transparent; font-weight: 700; }
.launch { position: fixed; inset: auto 1em 1em auto; margin: 0; overflow: visible; z-index: 2147483000; max-width: calc(100vw - 2em); min-height: 3.25em; border-radius: 2em; padding: .6em 1.3em; border-color: var(--on-fill); box-shadow: 0 .2em .9em #0005; }
.launch[data-left] { inset: auto auto 1em 1em; }
.launch:hover, .send:hover { text-decoration: underline; }

.panel { color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: var(--radius); padding: 0; overflow: clip; }
section.panel { max-width: 48em; }
dialog { position: fixed; inset: auto 1em 1em auto; margin: 0; width: min(28em, 100vw - 2em); height: min(46em, 100vh - 2em); max-width: none; max-height: none; box-shadow: 0 .5em 2.5em #0006; }
dialog[data-left] { inset: auto auto 1em 1em; }
dialog::backdrop { background: #0003; }
dialog .inner { display: flex; flex-direction: column; height: 100%; }
dialog .scroll { flex: 1; overflow-y: auto; overscroll-behavior: contain; }
header { display: flex; align-items: center; justify-content: space-between; gap: 1em; padding: .5em 1em; min-height: 3.5em; }
header h2 { font-size: 1.1em; line-height: 1.25; }
header h2:focus-visible, header .quiet:focus-visible { outline-color: var(--on-fill); }
header .quiet { flex: none; background: transparent; border-color: var(--on-fill); color: inherit; font-weight: 400; }
.scroll { position: relative; padding: 1em; } /* relative: what is only heard stays inside */
.intro > * + *, .reply > * + *, .text > * + * { margin-block-start: .7em; }
.notice { background: var(--wash); border-inline-start: .25em solid var(--fill); border-radius: .3em; padding: .6em .8em; }
.starts, .sources { display: grid; gap: .5em; }

article { scroll-margin-block-start: 1em; margin-block-end: 1.4em; }
article h3 { width: fit-content; max-width: 92%; overflow-wrap: anywhere; margin: 0 0 .7em auto; padding: .5em .9em; background: var(--fill); color: var(--on-fill); border: 1px solid transparent; border-radius: 1em 1em .2em 1em; white-space: pre-wrap; font-weight: 600; line-height: 1.35; }
.reply, article > .text { overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: .9em 1em; }
.reply .state { width: fit-content; padding: .1em .7em; border-radius: 1em; border: 1px solid transparent; background: var(--wash); font-weight: 700; }
.state::before { content: "✓ "; }
.state.partial::before { content: "◐ "; }
.state.refused::before { content: "○ "; }
.reply .state.refused { background: var(--line); }
.reply .state.partial, .missing { background: var(--amber-wash); color: var(--amber); }
.missing { border-inline-start: .25em solid var(--amber); border-radius: .3em; padding: .5em .8em; }
.text ul { list-style: disc; padding-inline-start: 1.2em; }
.text li + li { margin-block-start: .4em; }
.marker { padding: 0; margin-block: -6px; vertical-align: middle; background: none; border: 0; } /* 44 px to be pressed, less to be seen */
.marker span { display: inline-block; min-width: 1.9em; padding: 0 .3em; font-size: .88em; font-weight: 700; line-height: 1.7; color: var(--link); background: var(--wash); border: 1px solid var(--edge); border-radius: .35em; }
.marker:hover span { border-color: currentColor; }
details { border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); padding: 0 .8em; }
summary { padding: .6em 0; min-height: 44px; cursor: pointer; font-weight: 600; line-height: 1.4; }
summary .soft { font-weight: 400; }
blockquote { border-inline-start: .2em solid var(--edge); padding-inline-start: .8em; white-space: pre-line; margin-block-end: .5em; }
.ways, .after, .after [role=group] { display: flex; flex-wrap: wrap; align-items: center; gap: .5em .9em; }
.ways { padding-block: .3em .6em; }
.after [role=group] span, .next { flex-basis: 100%; }
.next:empty { display: none; }
.next h3 { margin-block-end: .5em; }
.after p:empty { display: none; }
form { display: grid; gap: .5em; padding: .8em 1em 1em; background: var(--card); border-block-start: 1px solid var(--line); }
label { font-weight: 700; }
textarea { width: 100%; min-height: 3.6em; resize: vertical; padding: .5em .7em; background: var(--card); border: 1px solid var(--edge); border-radius: var(--radius); }
.send { justify-self: end; padding-inline: 1.4em; }
.failure { color: var(--red); background: var(--red-wash); border-radius: .3em; padding: .5em .8em; font-weight: 600; }
.failure:empty { padding: 0; } /* never out of the tree: it would not be announced */

@media (max-width: 36em), (max-height: 32em) {
  dialog.panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
  .send { justify-self: stretch; }
}
@media (max-height: 32em) { dialog.panel { overflow: hidden auto; } dialog .inner { height: auto; } dialog .scroll { overflow: visible; } }
@media (forced-colors: active) { .launch, .send, .panel, article h3, .state, details { border: 1px solid; } }
@media print { .launch, form, .after { display: none; } }
`;
