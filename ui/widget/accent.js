// The accent colour that a site chose in; the style rule that gives it, and what is readable on it.

const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** A rule for the host, or nothing for what is no `#rgb` nor `#rrggbb`: no other CSS gets in. */
export const accentRule = (accent) =>
  HEX.test(accent ?? "") ? `:host{--accent:${accent};--on-accent:${inkOn(accent)}}` : "";

/** Black or white, whichever has the greater contrast: at least 4.5 to 1 (WCAG 2.1, 1.4.3). */
const inkOn = (accent) => {
  const digits = accent.slice(1);
  const pairs = digits.length === 3 ? [...digits].map((d) => d + d) : digits.match(/../g);
  const [red, green, blue] = pairs.map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  // 0.179: where black and white have the same contrast
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
};
