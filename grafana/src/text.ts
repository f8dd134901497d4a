/** Prose over several lines of source: one line, with single spaces. */
export function text(strings: TemplateStringsArray): string {
  return strings.join('').replace(/\s+/g, ' ').trim();
}
